namespace Baas.Core.Fabric.Identities;

/// <summary>Signs as one identity. What it signs with may lie in another process.</summary>
public interface ISigner
{
    /// <summary>Who signs.</summary>
    Identity Identity { get; }

    /// <summary>Signs a message (not its hash) the way Fabric checks it: ECDSA over SHA-256, DER, with the low S.</summary>
    /// <param name="message">The bytes to sign.</param>
    byte[] Sign(ReadOnlySpan<byte> message);
}
