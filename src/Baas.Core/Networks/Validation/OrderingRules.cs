namespace Baas.Core.Networks.Validation;

/// <summary>The ordering service.</summary>
internal static class OrderingRules
{
    private const int LeastBftNodes = 4;

    /// <summary>Checks the number of orderers, the batches and what the organization shares with others.</summary>
    public static void Check(NetworkSpec spec, SpecLimits limits, Findings findings)
    {
        var ordering = spec.Ordering;
        findings.Require(
            ordering.Nodes <= limits.Orderers,
            "$.ordering.nodes",
            "limit-exceeded",
            $"{ordering.Nodes} orderers are wanted, {limits.Orderers} are allowed");
        findings.Require(
            ordering.Consensus != Consensus.Bft || ordering.Nodes >= LeastBftNodes,
            "$.ordering.nodes",
            "bft-too-few-orderers",
            $"bft consensus needs at least {LeastBftNodes} orderers to tolerate one that lies, not {ordering.Nodes}");

        CheckBatch(ordering.Batch, findings);
        OrganizationRules.CheckCa(ordering.Ca, "$.ordering.ca", findings);
        OrganizationRules.CheckResources(ordering.Resources, "$.ordering.resources", findings);
    }

    private static void CheckBatch(BatchSpec batch, Findings findings)
    {
        findings.Require(
            batch.PreferredMaxBytes <= batch.AbsoluteMaxBytes,
            "$.ordering.batch.preferredMaxBytes",
            "batch-size",
            $"preferredMaxBytes ({batch.PreferredMaxBytes}) is more than absoluteMaxBytes ({batch.AbsoluteMaxBytes})");
        OrganizationRules.CheckPositive(batch.Timeout, "$.ordering.batch.timeout", findings);
    }
}
