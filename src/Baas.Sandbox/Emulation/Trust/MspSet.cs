using System.Security.Cryptography.X509Certificates;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>The MSPs that a channel, or a node by itself, believes.</summary>
internal sealed class MspSet(IEnumerable<Msp> msps)
{
    private readonly Dictionary<string, Msp> _msps = msps.GroupBy(msp => msp.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>The ids of the MSPs.</summary>
    public IReadOnlyCollection<string> Ids => _msps.Keys;

    /// <summary>Reads a serialized identity and checks that it is valid.</summary>
    /// <exception cref="EmulationException">It is not.</exception>
    public MspIdentity Identify(ByteString serialized)
    {
        SerializedIdentity identity;
        try
        {
            identity = SerializedIdentity.Parser.ParseFrom(serialized);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new EmulationException("cannot read identity: the creator is malformed", failure);
        }

        return _msps.TryGetValue(identity.Mspid, out var msp)
            ? msp.Identify(serialized, identity.IdBytes)
            : throw new EmulationException($"cannot accept identity of MSP \"{identity.Mspid}\": MSP {identity.Mspid} is unknown");
    }

    /// <summary>Whether the identity is one of those that the principal means.</summary>
    public bool Satisfies(MspIdentity identity, MSPPrincipal principal)
    {
        switch (principal.PrincipalClassification)
        {
            case MSPPrincipal.Types.Classification.Role:
                var role = MSPRole.Parser.ParseFrom(principal.Principal);
                return role.MspIdentifier == identity.MspId && _msps[identity.MspId].HasRole(identity, role.Role);
            case MSPPrincipal.Types.Classification.OrganizationUnit:
                var unit = OrganizationUnit.Parser.ParseFrom(principal.Principal);
                return unit.MspIdentifier == identity.MspId && identity.Certificate.OrganizationalUnits.Contains(unit.OrganizationalUnitIdentifier);
            case MSPPrincipal.Types.Classification.Identity:
                return identity.Serialized == principal.Principal || IsSameCertificate(identity, principal.Principal);
            default:
                return false;
        }
    }

    /// <summary>All roots and intermediates of TLS certificates.</summary>
    public X509Certificate2Collection TlsAuthorities()
    {
        var all = new X509Certificate2Collection();
        foreach (var certificate in _msps.Values.SelectMany(msp => msp.TlsRoots.Concat(msp.TlsIntermediates)))
        {
            all.Add(certificate.X509);
        }

        return all;
    }

    private static bool IsSameCertificate(MspIdentity identity, ByteString principal)
    {
        var other = SerializedIdentity.Parser.ParseFrom(principal);
        return other.Mspid == identity.MspId && Pem.Certificates(other.IdBytes.Memory).First().Is(identity.Certificate);
    }
}
