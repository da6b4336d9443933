using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Rolling;

/// <summary>Which version each node runs while an upgrade is under way, so that its failure can say so.</summary>
/// <param name="wanted">The version that all are to run.</param>
/// <param name="recorded">The version on record.</param>
internal sealed class UpgradeProgress(FabricVersion wanted, FabricVersion recorded)
{
    private readonly List<NodeReference> _nodes = [];
    private readonly Dictionary<NodeReference, FabricVersion> _versions = [];

    /// <summary>Says what there is before the first node is touched.</summary>
    /// <param name="nodes">All nodes, in their order.</param>
    /// <param name="others">The versions of nodes that do not run what is on record, by their full names.</param>
    public void Begin(IReadOnlyList<NodeReference> nodes, IReadOnlyDictionary<string, FabricVersion> others)
    {
        _nodes.AddRange(nodes);
        foreach (var node in nodes)
        {
            _versions[node] = others.GetValueOrDefault(node.ToString(), recorded);
        }
    }

    /// <summary>Says that a node runs the wanted version, and has caught up.</summary>
    public void Done(NodeReference node) => _versions[node] = wanted;

    /// <summary>The version that a node runs.</summary>
    public FabricVersion VersionOf(NodeReference node) => _versions[node];

    /// <summary>A failure that says which version each node runs.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="leftovers">What could not be taken back: which version such a node runs is not known.</param>
    public StepFailedException Told(StepFailedException failure, IReadOnlyList<Leftover> leftovers) =>
        _nodes.Count == 0 ? failure : new StepFailedException(failure.Step, failure.Subject, failure.Code, $"{failure.Message}; {Versions([.. leftovers.Select(one => one.Subject)])}");

    private string Versions(HashSet<string> unknown)
    {
        var known = _nodes.Where(node => !unknown.Contains(node.ToString())).GroupBy(node => _versions[node]).OrderByDescending(group => group.Key == wanted).ToList();
        var lost = _nodes.Where(node => unknown.Contains(node.ToString())).ToList();
        var parts = known.Select(group => group.Count() == _nodes.Count ? $"all nodes run Fabric {group.Key}" : $"Fabric {group.Key} runs on {string.Join(", ", group)}");
        return string.Join("; ", lost.Count == 0 ? parts : parts.Append($"what runs on {string.Join(", ", lost)} is not known"));
    }
}
