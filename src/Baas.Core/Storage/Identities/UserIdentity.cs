using Baas.Core.Networks;

namespace Baas.Core.Storage.Identities;

/// <summary>A user's identity towards the network and a TLS client certificate for endpoints that ask for one.</summary>
/// <param name="MspId">The organization's MSP id.</param>
/// <param name="Signing">The identity that signs proposals and updates.</param>
/// <param name="Tls">The TLS client certificate.</param>
public sealed record UserIdentity(MspId MspId, KeyPair Signing, KeyPair Tls)
{
    /// <summary>The name of the user that administers the organization and its nodes.</summary>
    public const string Admin = "admin";

    /// <summary>The name of the user that transacts.</summary>
    public const string Client = "client";

    /// <summary>Changes with the certificates.</summary>
    public string Fingerprint() => KeyPair.FingerprintOf(Signing, Tls);

    /// <summary>Says nothing of the keys.</summary>
    public override string ToString() => $"UserIdentity of {MspId}";
}
