namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>What one node said.</summary>
/// <param name="Address">The node's address.</param>
/// <param name="MspId">Its organization; empty when nobody says.</param>
/// <param name="Message">What it said.</param>
public sealed record GatewayErrorDetail(string Address, string MspId, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Address}{(MspId.Length == 0 ? "" : $" ({MspId})")}: {Message}";
}
