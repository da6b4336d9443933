using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Identities;

namespace Baas.Core.Steps;

/// <summary>A gateway with the key that signs for it; both go together.</summary>
/// <param name="Client">The gateway.</param>
/// <param name="Signer">Who signs.</param>
internal sealed record SignedGateway(GatewayClient Client, ISigner Signer) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Signer.Dispose();
    }
}
