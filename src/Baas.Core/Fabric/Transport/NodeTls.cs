namespace Baas.Core.Fabric.Transport;

/// <summary>Whom a connection trusts and who it is. The system's own trust store plays no part.</summary>
internal sealed record NodeTls
{
    /// <summary>The TLS root certificates of the node's organization, PEM.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Its TLS intermediate certificates, PEM. The default is none.</summary>
    public IReadOnlyList<string> Intermediates { get; init; } = [];

    /// <summary>The client's own certificate, for nodes that ask for one. The default is none.</summary>
    public ClientCertificate? Client { get; init; }
}
