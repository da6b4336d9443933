namespace Baas.Core.Fabric.Identities;

/// <summary>Signs as one identity. What it signs with may lie in another process.</summary>
public interface ISigner : IDisposable
{
    /// <summary>Who signs.</summary>
    Identity Identity { get; }

    /// <summary>
    /// Signs a message (not its hash) the way Fabric checks it. ECDSA: over SHA-256, DER, with the low S; Ed25519: over the message itself, 64 bytes
    /// (msp/identities.go).
    /// </summary>
    /// <param name="message">The bytes to sign.</param>
    byte[] Sign(ReadOnlySpan<byte> message);
}
