using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>What makes the pod of one node differ from others'.</summary>
internal sealed record PodSettings
{
    /// <summary>Which node.</summary>
    public required PlacedNode Node { get; init; }

    /// <summary>The image with its tag.</summary>
    public required string Image { get; init; }

    /// <summary>The environment, in this order.</summary>
    public required IReadOnlyList<JsonObject> Environment { get; init; }

    /// <summary>Changes with the certificates, so that the pod restarts with them; empty where there are none.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What it may use; null: the namespace's default limits.</summary>
    public NodeResources? Resources { get; init; }

    /// <summary>Where it keeps its data; null: it keeps none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The files of its identity; null: it has none.</summary>
    public NodeFiles? Files { get; init; }

    /// <summary>Whether it writes to <c>/tmp</c>.</summary>
    public bool NeedsScratch { get; init; }

    /// <summary>Whether the image writes beside its volumes. The default is no: its root is read-only.</summary>
    public bool WritesToRoot { get; init; }

    /// <summary>The user and group that it runs as. The default is 10001, as Fabric's images run as anybody.</summary>
    public int User { get; init; } = 10001;

    /// <summary>Its probes by name, such as <c>readinessProbe</c>.</summary>
    public required IReadOnlyList<(string Name, JsonObject Probe)> Probes { get; init; }

    /// <summary>Names that it finds without DNS. The default is none.</summary>
    public IReadOnlyList<HostAlias> Aliases { get; init; } = [];

    /// <summary>The Secret that images are pulled with; null: none.</summary>
    public string? PullSecret { get; init; }
}
