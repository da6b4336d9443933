using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Backups;

namespace Baas.Functions.Http.Backups;

/// <summary>What shall be restored.</summary>
/// <param name="Backup">The backup's id.</param>
/// <param name="Nodes">The nodes, such as <c>peer-1.org1</c>; none for the whole network.</param>
/// <param name="Force">Whether what is there may be replaced.</param>
/// <param name="From">The network that the backup is of, where the restored one gets another name.</param>
/// <param name="Cluster">The cluster that a new network shall run on; none for those of the backup.</param>
public sealed record RestoreBody(BackupId Backup, IReadOnlyList<string>? Nodes = null, bool Force = false, NetworkName? From = null, ClusterName? Cluster = null)
{
    /// <summary>The same for the use case.</summary>
    /// <exception cref="RefusedException">A node has no valid name (<c>body-malformed</c>).</exception>
    internal RestoreRequest Read() => new(Backup, [.. (Nodes ?? []).Select(ReadNode)], Force) { Source = From, Cluster = Cluster };

    private static NodeReference ReadNode(string text, int place) =>
        text.Split('.') is [var node, var organization] && NodeName.TryParse(node, null, out var name) && OrganizationName.TryParse(organization, null, out var owner)
            ? new NodeReference(owner, name)
            : throw new RefusedException(RefusalKind.Invalid, "body-malformed", $"cannot read the body: $.nodes[{place}]: a node is named like peer-1.org1");
}
