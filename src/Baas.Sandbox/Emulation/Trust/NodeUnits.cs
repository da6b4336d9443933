using Baas.Core.Fabric.Protos.Msp;
using static Baas.Core.Fabric.Protos.Msp.MSPRole.Types;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>Roles by organizational unit (NodeOUs).</summary>
internal sealed class NodeUnits
{
    private readonly List<(MSPRoleType Role, string Unit, Certificate? Issuer)> _units = [];

    /// <summary>Reads the units of a configuration.</summary>
    public NodeUnits(FabricNodeOUs config)
    {
        Add(MSPRoleType.Client, config.ClientOuIdentifier);
        Add(MSPRoleType.Peer, config.PeerOuIdentifier);
        Add(MSPRoleType.Admin, config.AdminOuIdentifier);
        Add(MSPRoleType.Orderer, config.OrdererOuIdentifier);
    }

    /// <summary>The role of a certificate, or null when its units name none or more than one.</summary>
    public MSPRoleType? RoleOf(Certificate certificate, IReadOnlyList<Certificate> chain)
    {
        var roles = _units
            .Where(unit => certificate.OrganizationalUnits.Contains(unit.Unit) && (unit.Issuer is null || chain.Any(unit.Issuer.Is)))
            .Select(unit => unit.Role)
            .ToList();
        return roles.Count == 1 ? roles[0] : null;
    }

    private void Add(MSPRoleType role, FabricOUIdentifier? unit)
    {
        if (unit is not null && unit.OrganizationalUnitIdentifier.Length > 0)
        {
            _units.Add((role, unit.OrganizationalUnitIdentifier, unit.Certificate.IsEmpty ? null : Pem.Certificates(unit.Certificate.Memory).First()));
        }
    }
}
