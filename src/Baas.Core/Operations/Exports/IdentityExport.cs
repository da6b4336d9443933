using Baas.Core.Networks;

namespace Baas.Core.Operations.Exports;

/// <summary>An identity for its owner: the one answer of the API that holds private keys.</summary>
public sealed record IdentityExport
{
    /// <summary>The user's name, <c>admin</c> or <c>client</c>.</summary>
    public required string User { get; init; }

    /// <summary>The organization's MSP id.</summary>
    public required MspId MspId { get; init; }

    /// <summary>The signing certificate, PEM.</summary>
    public required string Certificate { get; init; }

    /// <summary>The signing key, PKCS#8 PEM.</summary>
    public required string PrivateKey { get; init; }

    /// <summary>A TLS client certificate for endpoints that ask for one (the orderers' admin API), PEM.</summary>
    public required string TlsCertificate { get; init; }

    /// <summary>Its key, PKCS#8 PEM.</summary>
    public required string TlsPrivateKey { get; init; }

    /// <summary>The MSP folder with which Fabric's own programs act as this identity: relative path to content.</summary>
    public required IReadOnlyDictionary<string, string> Msp { get; init; }

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => $"IdentityExport {User} of {MspId}";
}
