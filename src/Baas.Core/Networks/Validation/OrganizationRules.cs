namespace Baas.Core.Networks.Validation;

/// <summary>Organizations, their authorities and their nodes.</summary>
internal static class OrganizationRules
{
    /// <summary>Longer than anybody plans, and short enough for the dates in certificates.</summary>
    private static readonly TimeSpan LongestValidity = TimeSpan.FromDays(36_525);

    /// <summary>Checks names, MSP ids, numbers and each organization by itself.</summary>
    public static void Check(NetworkSpec spec, SpecLimits limits, Findings findings)
    {
        var organizations = spec.Organizations;
        findings.Require(organizations.Count > 0, "$.organizations", "out-of-range", "a network needs at least one organization that runs peers");
        findings.Require(
            organizations.Count <= limits.Organizations,
            "$.organizations",
            "limit-exceeded",
            $"{organizations.Count} organizations are wanted, {limits.Organizations} are allowed");

        findings.RequireUnique(organizations, item => item.Name.Value, index => $"$.organizations[{index}].name", "duplicate-name", "organization");
        findings.RequireUnique(organizations, item => item.MspId.Value, index => $"$.organizations[{index}].mspId", "duplicate-msp-id", "MSP id");

        for (var index = 0; index < organizations.Count; index++)
        {
            CheckOrganization(organizations[index], $"$.organizations[{index}]", spec.Ordering, limits, findings);
        }
    }

    /// <summary>Checks how certificates are made.</summary>
    public static void CheckCa(CaSpec ca, string path, Findings findings)
    {
        CheckValidity(ca.CaValidity, $"{path}.caValidity", findings);
        CheckValidity(ca.Validity, $"{path}.validity", findings);
        findings.Require(
            ca.Validity.ToTimeSpan() <= ca.CaValidity.ToTimeSpan(),
            $"{path}.validity",
            "validity",
            $"certificates would outlive their CA: {ca.Validity} is longer than {ca.CaValidity}");
    }

    /// <summary>Checks what a node may use.</summary>
    public static void CheckResources(NodeResources resources, string path, Findings findings)
    {
        CheckAmounts(resources.Cpu, resources.CpuLimit, path, "cpu", findings);
        CheckAmounts(resources.Memory, resources.MemoryLimit, path, "memory", findings);
        findings.Require(Quantity.ValueOf(resources.Storage) > 0, $"{path}.storage", "quantity", "a ledger needs some storage");
    }

    /// <summary>Checks that a duration is not nothing.</summary>
    public static void CheckPositive(Duration duration, string path, Findings findings) =>
        findings.Require(duration.ToTimeSpan() > TimeSpan.Zero, path, "validity", "a duration has to be longer than nothing");

    private static void CheckOrganization(OrganizationSpec organization, string path, OrderingSpec ordering, SpecLimits limits, Findings findings)
    {
        findings.Require(
            organization.Name != ordering.Organization,
            $"{path}.name",
            "duplicate-name",
            $"\"{organization.Name}\" runs the orderers already; an organization runs either orderers or peers");
        findings.Require(
            organization.MspId != ordering.MspId,
            $"{path}.mspId",
            "duplicate-msp-id",
            $"MSP id \"{organization.MspId}\" belongs to the ordering organization");
        findings.Require(
            organization.Peers <= limits.PeersPerOrganization,
            $"{path}.peers",
            "limit-exceeded",
            $"{organization.Peers} peers are wanted, {limits.PeersPerOrganization} are allowed for one organization");
        CheckCa(organization.Ca, $"{path}.ca", findings);
        CheckResources(organization.Resources, $"{path}.resources", findings);
    }

    private static void CheckValidity(Duration duration, string path, Findings findings)
    {
        CheckPositive(duration, path, findings);
        findings.Require(duration.ToTimeSpan() <= LongestValidity, path, "validity", $"{duration} is more than a hundred years");
    }

    private static void CheckAmounts(string request, string limit, string path, string name, Findings findings)
    {
        findings.Require(Quantity.ValueOf(request) > 0, $"{path}.{name}", "quantity", $"a node needs some {name}");
        findings.Require(
            Quantity.ValueOf(request) <= Quantity.ValueOf(limit),
            $"{path}.{name}",
            "quantity",
            $"{name} ({request}) is more than {name}Limit ({limit})");
    }
}
