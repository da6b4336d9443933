using Baas.Core.Networks;

namespace Baas.Core.Fabric.Chaincodes;

/// <summary>Who has approved a definition, as one peer sees it.</summary>
/// <param name="Approvals">Each organization of the channel and whether it has approved exactly this definition.</param>
/// <param name="Mismatches">In what the approvals differ that an organization has given for the same sequence; Fabric tells it since 3.0.</param>
internal sealed record CommitReadiness(IReadOnlyDictionary<MspId, bool> Approvals, IReadOnlyDictionary<MspId, IReadOnlyList<string>> Mismatches)
{
    /// <summary>Which of the organizations have not approved, each with what its approval differs in, if that is known.</summary>
    public IReadOnlyList<string> MissingOf(IReadOnlyList<MspId> approvers) =>
        [.. approvers.Where(approver => !Approvals.GetValueOrDefault(approver)).Select(Describe)];

    private string Describe(MspId organization) =>
        Mismatches.TryGetValue(organization, out var items) ? $"{organization} (its approval has another {string.Join(", ", items)})" : organization.Value;
}
