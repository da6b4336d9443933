using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;
using static Baas.Core.Fabric.Protos.Msp.MSPRole.Types;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>A node's own MSP folder: its organization, and the identity with which it signs.</summary>
internal sealed class LocalMsp : IDisposable
{
    private const int NonceLength = 24;

    private readonly Msp _msp;
    private readonly NodeKey _key;

    /// <summary>Sets up the MSP.</summary>
    /// <exception cref="EmulationException">The folder is not a valid MSP, or its identity has expired.</exception>
    public LocalMsp(string folder, string mspId, TimeProvider clock)
    {
        var read = MspFolder.Read(folder, mspId);
        _msp = new Msp(read.Config, takesEd25519: true);
        Msps = new MspSet([_msp]);
        Serialized = new SerializedIdentity { Mspid = mspId, IdBytes = ByteString.CopyFrom(read.SignCert) }.ToByteString();
        Identity = Msps.Identify(Serialized);
        if (Identity.NotAfter < clock.GetUtcNow())
        {
            throw new EmulationException($"cannot set up MSP \"{mspId}\": the signing identity expired at {Identity.NotAfter:u}");
        }

        _key = read.Key;
        var probe = Serialized;
        if (!Identity.Verify(probe.Span, Sign(probe.Span).Span))
        {
            throw new EmulationException($"cannot set up MSP \"{mspId}\": the key in keystore is not that of the certificate in signcerts");
        }
    }

    /// <summary>The MSP id.</summary>
    public string Id => _msp.Id;

    /// <summary>The MSP as a set of one.</summary>
    public MspSet Msps { get; }

    /// <summary>The node's own identity.</summary>
    public MspIdentity Identity { get; }

    /// <summary>The identity as it travels.</summary>
    public ByteString Serialized { get; }

    /// <summary>Signs data the way Fabric checks it.</summary>
    public ByteString Sign(ReadOnlySpan<byte> data) => _key.Sign(data);

    /// <summary>A header that says who signs, with a fresh nonce.</summary>
    public SignatureHeader Header() => new() { Creator = Serialized, Nonce = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(NonceLength)) };

    /// <summary>Checks that the creator is of the own organization, has the role, and has signed.</summary>
    /// <exception cref="EmulationException">One of that is not so.</exception>
    public void Demand(MSPRoleType role, SignedData signed)
    {
        var identity = Msps.Identify(signed.Identity);
        if (!identity.Verify(signed.Data.Span, signed.Signature.Span))
        {
            throw new EmulationException("the signature is invalid");
        }

        if (!_msp.HasRole(identity, role))
        {
            throw new EmulationException($"the identity is not one of the local MSP's {role.ToString().ToLowerInvariant()}s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
