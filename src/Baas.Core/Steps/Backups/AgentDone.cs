using System.Text.Json.Nodes;
using Baas.Core.Archives;
using Baas.Core.Archives.Agents;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Looks whether an agent has done its work; reads what it has packed.</summary>
internal sealed class AgentDone(KubernetesClusters clusters, BackupStore backups) : IStep<AgentDone.Input, AgentDone.Seen>
{
    /// <summary>The code of a failure after which another agent, with another address, may succeed.</summary>
    public const string Interrupted = "agent-interrupted";

    // What the agent ends with when the store did not answer: the service was away, or has another address by now.
    private const int StoreDidNotAnswer = 3;
    private const int MaxReason = 400;

    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Seen> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var (agent, api) = (input.Agent, clusters.Get(input.Agent.Cluster).Api);
        var node = StartAgent.PlaceOf(agent);
        var job = await api.GetAsync(AgentManifests.Job(node, StartAgent.RunOf(agent)), cancellationToken);
        if (job is null)
        {
            throw new BackupException("agent-failed", $"cannot {Verb(agent)} the volume of node \"{agent.Subject}\": its Job is gone");
        }

        if (Has(job, "Failed"))
        {
            var pods = await PodsAsync(api, node, job, cancellationToken);
            throw new BackupException(
                WasInterrupted(pods) ? Interrupted : "agent-failed", $"cannot {Verb(agent)} the volume of node \"{agent.Subject}\": {await ReasonAsync(api, node, pods, cancellationToken)}");
        }

        return Has(job, "Complete") || job.Number("status", "succeeded") >= 1
            ? new Seen(true, "", agent.Verb == AgentVerb.Pack ? await ResultAsync(agent, cancellationToken) : null)
            : new Seen(false, $"the agent of {agent.Subject} is at work: {WorkloadStatus.Describe(await PodsAsync(api, node, job, cancellationToken))}", null);
    }

    private static bool WasInterrupted(IReadOnlyList<JsonObject> pods) =>
        pods.SelectMany(pod => pod.Objects("status", "containerStatuses")).Any(container => container.Number("state", "terminated", "exitCode") == StoreDidNotAnswer);

    private static string Verb(StartAgent.Input agent) => agent.Verb.ToString().ToLowerInvariant();

    private static bool Has(JsonObject job, string condition) =>
        job.Objects("status", "conditions").Any(one => one.Text("type") == condition && one.Text("status") == "True");

    private static Task<IReadOnlyList<JsonObject>> PodsAsync(IKubernetesApi api, PlacedNode node, JsonObject job, CancellationToken cancellationToken) =>
        api.ListAsync(ResourceKind.Pod, node.Namespace, $"job-name={job.Text("metadata", "name")}", cancellationToken);

    // The last line that the agent has printed says it best; a pod that never ran says it by its status.
    private static async Task<string> ReasonAsync(IKubernetesApi api, PlacedNode node, IReadOnlyList<JsonObject> pods, CancellationToken cancellationToken)
    {
        try
        {
            var last = pods.LastOrDefault(pod => pod.Text("status", "phase") == "Failed")?.Text("metadata", "name");
            var lines = last is null ? "" : await api.LogsAsync(node.Namespace, last, null, 1, cancellationToken);
            return lines.Trim().Length > 0 ? Messages.OneLine(lines.Trim(), MaxReason) : WorkloadStatus.Describe(pods);
        }
        catch (KubernetesException)
        {
            return WorkloadStatus.Describe(pods); // the pod's log is gone
        }
    }

    private async Task<VolumeRoot> ResultAsync(StartAgent.Input agent, CancellationToken cancellationToken)
    {
        var volume = BackupNames.Volume(agent.Node, agent.Role);
        var result = await backups.PartsOf(agent.Network, volume).GetAsync(PartNames.Result(agent.Backup.Value), cancellationToken)
            ?? throw new BackupException("agent-failed", $"cannot pack the volume of node \"{agent.Subject}\": its agent has ended well and has stored no result");
        var keys = VolumeKeys.Of(await backups.ReadVolumeKeyAsync(agent.Network, volume, cancellationToken));
        return VolumeAgent.ReadResult(keys, agent.Backup.Value, result);
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(StartAgent.Input Agent) : IStepInput<AgentDone.Seen>
    {
        /// <inheritdoc/>
        public string Subject => Agent.Subject;
    }

    /// <summary>What was seen.</summary>
    /// <param name="Holds">Whether the work is done.</param>
    /// <param name="Detail">What the agent is at.</param>
    /// <param name="Root">What was packed; null before, and for other work.</param>
    public sealed record Seen(bool Holds, string Detail, VolumeRoot? Root) : Observation(Holds, Detail);
}
