using System.Collections.Concurrent;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>One membership service provider: says who belongs to an organization and in which role.</summary>
internal sealed class Msp
{
    private readonly List<Certificate> _roots;
    private readonly List<Certificate> _intermediates;
    private readonly List<Certificate> _admins;
    private readonly List<RevocationList> _revoked;
    private readonly NodeUnits? _units;
    private readonly bool _takesEd25519;
    private readonly ConcurrentDictionary<ByteString, MspIdentity> _known = new();

    /// <summary>Sets up the MSP and checks its certificates.</summary>
    /// <param name="config">What it is made from.</param>
    /// <param name="takesEd25519">Whether identities with Ed25519 keys are valid: in channels with capability V3_0, and in nodes' own folders.</param>
    /// <exception cref="EmulationException">A certificate cannot be what it is meant to be.</exception>
    public Msp(FabricMSPConfig config, bool takesEd25519)
    {
        _takesEd25519 = takesEd25519;
        Id = config.Name;
        Config = config;
        _roots = Authorities(config.RootCerts);
        _intermediates = Authorities(config.IntermediateCerts);
        _admins = [.. config.Admins.SelectMany(pem => Pem.Certificates(pem.Memory))];
        _revoked = [.. config.RevocationList.SelectMany(pem => RevocationList.Parse(pem.Memory))];
        TlsRoots = Authorities(config.TlsRootCerts);
        TlsIntermediates = Authorities(config.TlsIntermediateCerts);
        _units = config.FabricNodeOus?.Enable == true ? new NodeUnits(config.FabricNodeOus) : null;
        if (_roots.Count == 0)
        {
            throw new EmulationException($"cannot set up MSP \"{Id}\": it has no root certificate");
        }

        if (_intermediates.Any(intermediate => ChainOf(intermediate) is null))
        {
            throw new EmulationException($"cannot set up MSP \"{Id}\": an intermediate certificate was not issued by its roots");
        }
    }

    /// <summary>The MSP id.</summary>
    public string Id { get; }

    /// <summary>What it was made from.</summary>
    public FabricMSPConfig Config { get; }

    /// <summary>The roots of the organization's TLS certificates.</summary>
    public IReadOnlyList<Certificate> TlsRoots { get; }

    /// <summary>The intermediates of the organization's TLS certificates.</summary>
    public IReadOnlyList<Certificate> TlsIntermediates { get; }

    /// <summary>Reads and checks an identity. Expiry is not looked at: Fabric does that at its doors, not here.</summary>
    /// <exception cref="EmulationException">It is not of this MSP.</exception>
    public MspIdentity Identify(ByteString serialized, ByteString pem)
    {
        if (!_known.TryGetValue(serialized, out var identity))
        {
            identity = Check(serialized, Pem.Certificates(pem.Memory).First());
            _known.TryAdd(serialized, identity);
        }

        return identity;
    }

    /// <summary>Whether one of its identities has the role.</summary>
    public bool HasRole(MspIdentity identity, MSPRole.Types.MSPRoleType role) => role switch
    {
        MSPRole.Types.MSPRoleType.Member => true,
        MSPRole.Types.MSPRoleType.Admin => _admins.Any(admin => admin.Is(identity.Certificate)) || RoleOf(identity) == role,
        _ => RoleOf(identity) == role,
    };

    private MSPRole.Types.MSPRoleType? RoleOf(MspIdentity identity) => _units?.RoleOf(identity.Certificate, ChainOf(identity.Certificate) ?? []);

    private MspIdentity Check(ByteString serialized, Certificate certificate)
    {
        if (certificate.IsAuthority)
        {
            throw new EmulationException($"cannot accept identity of MSP \"{Id}\": a CA certificate cannot be used as an identity");
        }

        if (!_takesEd25519 && EdwardsKeys.Has(certificate.X509))
        {
            throw new EmulationException($"cannot accept identity of MSP \"{Id}\": could not validate identity's public key algorithm: Ed25519 is not supported");
        }

        var chain = ChainOf(certificate) ?? throw new EmulationException($"cannot accept identity of MSP \"{Id}\": the certificate was signed by an unknown authority");
        if (_intermediates.Count > 0 && chain.Count == 1)
        {
            throw new EmulationException($"cannot accept identity of MSP \"{Id}\": the certificate was issued by a root although there are intermediates");
        }

        if (_revoked.Exists(list => list.Revokes(certificate, chain[0])))
        {
            throw new EmulationException($"cannot accept identity of MSP \"{Id}\": the certificate has been revoked");
        }

        if (_units is not null && !_admins.Any(admin => admin.Is(certificate)) && _units.RoleOf(certificate, chain) is null)
        {
            throw new EmulationException($"cannot accept identity of MSP \"{Id}\": it must be exactly one of client, peer, admin or orderer; its units are [{string.Join(", ", certificate.OrganizationalUnits)}]");
        }

        return new MspIdentity(Id, certificate, serialized);
    }

    /// <summary>The issuers up to a root, nearest first; null when there is no way to a root.</summary>
    private List<Certificate>? ChainOf(Certificate certificate)
    {
        if (_roots.Find(certificate.IsIssuedBy) is { } root)
        {
            return [root];
        }

        var issuer = _intermediates.Find(candidate => !candidate.Is(certificate) && certificate.IsIssuedBy(candidate));
        return issuer is not null && ChainOf(issuer) is { } rest ? [issuer, .. rest] : null;
    }

    private List<Certificate> Authorities(IEnumerable<ByteString> pems)
    {
        var found = pems.SelectMany(pem => Pem.Certificates(pem.Memory)).ToList();
        var wrong = found.Find(certificate => !certificate.IsAuthority);
        return wrong is null ? found : throw new EmulationException($"cannot set up MSP \"{Id}\": \"{wrong.X509.Subject}\" is no CA certificate with a subject key identifier");
    }
}
