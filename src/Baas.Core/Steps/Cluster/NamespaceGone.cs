using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Cluster;

/// <summary>Looks whether an organization's namespace has gone. Somebody else's of that name counts as gone.</summary>
internal sealed class NamespaceGone(KubernetesClusters clusters) : IStep<NamespaceGone.Input, Observation>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Observation> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var reference = NamespaceManifests.Reference(input.Network, input.Organization);
        var there = await clusters.Get(input.Cluster).Api.GetAsync(reference, cancellationToken);
        return there is null || !Labels.AreOf(there, input.Network, input.Organization)
            ? new Observation(true, "")
            : new Observation(false, Detail(reference, there));
    }

    // A namespace that stays says in its conditions what holds it: finalizers, or an API that does not answer.
    private static string Detail(ResourceReference reference, System.Text.Json.Nodes.JsonObject there)
    {
        var reasons = there.Objects("status", "conditions").Where(condition => condition.Text("status") == "True").Select(condition => condition.Text("message"));
        return Messages.OneLine($"namespace {reference.Name} is still there ({there.Text("status", "phase")}) {string.Join("; ", reasons)}", 500).TrimEnd();
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, OrganizationName Organization, ClusterName? Cluster) : IStepInput<Observation>
    {
        /// <inheritdoc/>
        public string Subject => Organization.Value;
    }
}
