using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Certificates;

/// <summary>Looks, by a handshake, whether a node shows the TLS certificate of that serial number.</summary>
internal sealed class CertificateShown(FabricAccess access) : IStep<CertificateShown.Input, Observation>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var node = await access.ConnectAsync(input.Network, input.Endpoint, cancellationToken);
        try
        {
            var shown = await node.ReadSerialNumberAsync(Deadline, cancellationToken);
            return shown == input.SerialNumber
                ? new Observation(true, "")
                : new Observation(false, $"{input.Endpoint.Node} shows the certificate of serial number {shown}, not {input.SerialNumber}");
        }
        catch (BaasException failure) when (failure is NodeUnreachableException or NodeUntrustedException)
        {
            return new Observation(false, failure.Message); // it may just be starting, or show the expired one still; the deadline decides
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeEndpoint Endpoint, string SerialNumber) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Endpoint.Node.ToString();
    }
}
