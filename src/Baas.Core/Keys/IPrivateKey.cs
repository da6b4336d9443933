namespace Baas.Core.Keys;

/// <summary>A private key that signs certificates, or stands in one. For one caller at a time; dispose it.</summary>
internal interface IPrivateKey : IDisposable
{
    /// <summary>How it signs: the object identifier that stands in certificates.</summary>
    string SignatureAlgorithm { get; }

    /// <summary>Its public half: SubjectPublicKeyInfo, DER.</summary>
    byte[] PublicKeyInfo { get; }

    /// <summary>The key as PKCS#8 PEM.</summary>
    string ToPem();

    /// <summary>Signs what a certificate or a revocation list says, the way Fabric wants it.</summary>
    byte[] Sign(ReadOnlySpan<byte> content);
}
