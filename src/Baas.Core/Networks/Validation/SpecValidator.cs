using System.Text.Json;
using Baas.Core.Networks.Documents;
using Baas.Core.Networks.Documents.Shapes;
using Baas.Core.Networks.Plans;

namespace Baas.Core.Networks.Validation;

/// <summary>Checks what a specification means as a whole. Pure; everything is found at once.</summary>
public static class SpecValidator
{
    /// <summary>Checks a specification for a new network or for the change of a recorded one.</summary>
    /// <param name="wanted">The specification.</param>
    /// <param name="recorded">What is there; null for a new network.</param>
    /// <param name="limits">How large a network may be.</param>
    public static SpecReport Validate(NetworkSpec wanted, NetworkSpec? recorded, SpecLimits limits)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(limits);

        // Records can be made without a reader: names, texts and ranges first, or the rules below would stumble.
        var scope = new ReadScope(document: null);
        SpecShapes.Network.Read(JsonSerializer.SerializeToNode(wanted, NetworkJson.Options), "$", scope);
        if (scope.Violations.Count > 0)
        {
            return new(scope.Violations, []);
        }

        var findings = new Findings();
        VersionRules.Check(wanted, recorded, findings);
        OrderingRules.Check(wanted, limits, findings);
        OrganizationRules.Check(wanted, limits, findings);
        ChannelRules.Check(wanted, limits, findings);
        ChaincodeRules.Check(wanted, limits, findings);
        BackupRules.Check(wanted, findings);
        SpecWarnings.Check(wanted, findings);

        var report = findings.Report;
        return report.IsValid ? report with { Violations = NetworkPlan.Between(recorded, wanted).Violations } : report;
    }
}
