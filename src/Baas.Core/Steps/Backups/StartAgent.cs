using Baas.Core.Archives;
using Baas.Core.Archives.Agents;
using Baas.Core.Kubernetes;
using Baas.Core.Kubernetes.Manifests;
using Baas.Core.Networks;
using Baas.Core.Storage.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Steps.Backups;

/// <summary>Starts the Job that works on a stopped node's volume; does not wait for it. Undone, the Job and its Secret are gone.</summary>
internal sealed class StartAgent(KubernetesClusters clusters, BackupStore backups, IPartsAddresses addresses, BackupOptions options) : IUndoableStep<StartAgent.Input, Nothing>
{
    /// <inheritdoc/>
    public static StepOptions Options => StepOptions.Remote;

    /// <inheritdoc/>
    public async Task<Nothing> ApplyAsync(Input input, CancellationToken cancellationToken)
    {
        var cluster = clusters.Get(input.Cluster);
        var node = PlaceOf(input);
        var there = await cluster.Api.GetAsync(AgentManifests.Job(node, RunOf(input)), cancellationToken);
        if (there?.IsTerminating() == true)
        {
            throw new KubernetesException("object-terminating", $"cannot start the agent of \"{input.Subject}\": the one before is still being deleted") { IsTransient = true };
        }

        if (there is null)
        {
            // A Job cannot be changed, and a second one with another address is not needed: this runs before there is one.
            var job = await JobAsync(input, cancellationToken);
            foreach (var manifest in AgentManifests.For(node, RunOf(input), job.Write(), options.AgentImage, options.AgentLimit, cluster.Options))
            {
                await cluster.Api.ApplyAllAsync([manifest], cancellationToken);
            }
        }

        return Nothing.Value;
    }

    /// <inheritdoc/>
    public async Task UndoAsync(Input input, CancellationToken cancellationToken)
    {
        var node = PlaceOf(input);
        var api = clusters.Get(input.Cluster).Api;
        await api.DeleteAsync(AgentManifests.Job(node, RunOf(input)), cancellationToken);
        await api.DeleteAsync(AgentManifests.Secret(node, RunOf(input)), cancellationToken);
    }

    /// <summary>Tells this run from others of the node.</summary>
    internal static string RunOf(Input input) =>
        $"{input.Verb.ToString().ToLowerInvariant()}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{input.Operation}/{input.Backup}")))[..8]}";

    internal static PlacedNode PlaceOf(Input input) => new(input.Network, input.Node, input.Role);

    private async Task<AgentJob> JobAsync(Input input, CancellationToken cancellationToken)
    {
        var volume = BackupNames.Volume(input.Node, input.Role);
        var source = input.Source ?? input.Network;
        var folder = BackupNames.Parts(source, volume);
        var job = new AgentJob { Verb = input.Verb, Backup = input.Backup.Value };
        switch (input.Verb)
        {
            case AgentVerb.Pack:
                List<string> known = [];
                var parts = backups.PartsOf(input.Network, volume);
                await foreach (var name in parts.ChunksAsync(cancellationToken))
                {
                    known.Add(name);
                }

                await parts.WriteKnownAsync(VolumeAgent.WriteKnown(known), cancellationToken);
                return job with
                {
                    Key = await backups.ReadVolumeKeyAsync(source, volume, cancellationToken),
                    Upload = await addresses.ForSendingAsync(folder, options.AgentLimit, cancellationToken),
                    Download = await addresses.ForReadingAsync(folder, PartNames.Known, options.AgentLimit, cancellationToken),
                };
            case AgentVerb.Unpack:
                var manifest = await backups.ReadManifestAsync(source, input.Backup, cancellationToken);
                return job with
                {
                    Key = await backups.ReadVolumeKeyAsync(source, volume, cancellationToken),
                    Download = await addresses.ForReadingAsync(folder, null, options.AgentLimit, cancellationToken),
                    Root = manifest.VolumeOf(input.Node, input.Role).Root,
                };
            default:
                return job; // nothing is sent or fetched
        }
    }

    /// <summary>What the step needs.</summary>
    public sealed record Input(NetworkReference Network, NodeReference Node, NodeRole Role, ClusterName? Cluster, OperationId Operation, BackupId Backup, AgentVerb Verb) : IStepInput<Nothing>
    {
        /// <summary>The network that the backup is of; null: the node's.</summary>
        public NetworkReference? Source { get; init; }

        /// <summary>The same node, other work.</summary>
        public Input Doing(AgentVerb verb) => this with { Verb = verb };

        /// <inheritdoc/>
        public string Subject => $"{Node}{(Role == NodeRole.StateDatabase ? "-couchdb" : "")}";
    }
}
