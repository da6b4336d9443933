namespace Baas.Core.Fabric.Gateway;

/// <summary>A peer whose gateway service is used.</summary>
/// <param name="Host">Its name or address: the TLS certificate has to hold it.</param>
/// <param name="Port">Its port.</param>
/// <param name="TlsRoots">The TLS root certificates of its organization, PEM.</param>
public sealed record GatewayPeer(string Host, int Port, IReadOnlyList<string> TlsRoots)
{
    /// <summary>TLS intermediate certificates of its organization, PEM. The default is none.</summary>
    public IReadOnlyList<string> TlsIntermediates { get; init; } = [];

    /// <summary>What is connected to, where that is something else than <see cref="Host"/>: an address, or a name. The default is the same.</summary>
    public string? Dial { get; init; }

    /// <summary>The client's TLS certificate, PEM, for peers that ask for one. The default is none.</summary>
    public string? ClientCertificate { get; init; }

    /// <summary>The key of <see cref="ClientCertificate"/>, PEM.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Says nothing of keys.</summary>
    public override string ToString() => $"{Host}:{Port}";
}
