using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>Something that somebody claims to have signed.</summary>
/// <param name="Identity">The serialized identity of the signer.</param>
/// <param name="Data">What is signed.</param>
/// <param name="Signature">The signature.</param>
internal sealed record SignedData(ByteString Identity, ByteString Data, ByteString Signature);
