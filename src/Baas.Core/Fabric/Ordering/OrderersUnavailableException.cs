namespace Baas.Core.Fabric.Ordering;

/// <summary>None of a channel's orderers takes envelopes at the moment. Transient.</summary>
internal sealed class OrderersUnavailableException : BaasException
{
    /// <summary>Tells of orderers that were tried in vain.</summary>
    /// <param name="intent">What the envelope is for: a verb and its object.</param>
    /// <param name="tried">Each orderer and what it said.</param>
    public OrderersUnavailableException(string intent, IReadOnlyList<string> tried)
        : base("orderers-unavailable", $"cannot {intent}: no orderer takes it: {string.Join("; ", tried)}") => IsTransient = true;
}
