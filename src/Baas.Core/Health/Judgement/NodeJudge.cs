using Baas.Core.Health.Observations;
using Baas.Core.Networks;

namespace Baas.Core.Health.Judgement;

/// <summary>Judges one node. Pure.</summary>
internal static class NodeJudge
{
    // Blocks are committed one after the other: fewer than these are on their way.
    private const ulong TolerableLag = 10;
    private const int VolumeWarning = 80;
    private const int VolumeFull = 95;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(10);

    /// <summary>The judgement.</summary>
    /// <param name="seen">What was seen of the node.</param>
    /// <param name="heights">The height of each channel's highest node; null where nobody could be asked.</param>
    /// <param name="now">The time of the look.</param>
    public static NodeHealth Judge(NodeObservation seen, IReadOnlyDictionary<ChannelName, ulong?> heights, DateTimeOffset now)
    {
        var name = NameOf(seen);
        IReadOnlyList<Finding> findings =
        [
            .. OfPod(seen, name, now), .. OfCalls(seen, name), .. OfChannels(seen, name, heights), .. OfVolume(seen, name), .. CertificateJudge.Judge(seen.Certificates, now),
        ];
        return new NodeHealth
        {
            Organization = seen.Node.Organization,
            Node = NodeName.Parse(name[..name.IndexOf('.', StringComparison.Ordinal)]),
            Role = seen.Role,
            State = findings.Select(finding => finding.State).DefaultIfEmpty().Max(),
            Findings = findings,
            IsReady = seen.ClusterFailure is null ? seen.Pod?.IsReady ?? false : null,
            Restarts = seen.Pod?.Restarts,
            Image = seen.Pod?.Image,
            VolumePercent = seen.Volume?.Percent,
            Channels = [.. seen.Channels.Select(channel => new NodeChannel(channel.Channel, channel.Height, BehindOf(channel, heights), channel.IsLeader))],
            CertificateDays = seen.Certificates.Count == 0 ? null : CertificateJudge.DaysLeft(seen.Certificates.Min(certificate => certificate.NotAfter), now),
        };
    }

    /// <summary>The node's name; a state database has one beside its peer's.</summary>
    public static string NameOf(NodeObservation seen) =>
        seen.Role == NodeRole.StateDatabase ? $"{seen.Node.Node}-couchdb.{seen.Node.Organization}" : seen.Node.ToString();

    private static IEnumerable<Finding> OfPod(NodeObservation seen, string name, DateTimeOffset now)
    {
        if (seen.ClusterFailure is { } failure)
        {
            yield return new Finding(FindingCodes.ClusterUnreachable, HealthState.Unknown, name, failure);
        }
        else if (seen.Pod is not { } pod)
        {
            yield return new Finding(FindingCodes.PodMissing, HealthState.Down, name, seen.PodMissingDetail ?? "the cluster has no pod of it");
        }
        else if (CodeOf(pod) is { } code)
        {
            yield return new Finding(code, HealthState.Down, name, pod.Detail.Length > 0 ? pod.Detail : $"its pod is {pod.Phase}");
        }
        else if (pod is { Restarts: > 0, StartedAt: { } started } && now - started < Lately)
        {
            yield return new Finding(FindingCodes.Restarted, HealthState.Healthy, name, $"its program was started again, {pod.Restarts} times in all");
        }
    }

    private static string? CodeOf(PodObservation pod) => pod switch
    {
        { Waiting: "ErrImagePull" or "ImagePullBackOff" or "ErrImageNeverPull" or "InvalidImageName" or "ImageInspectError" } => FindingCodes.ImageUnavailable,
        { Waiting: "CrashLoopBackOff" } => FindingCodes.CrashLooping,
        { Waiting: "CreateContainerConfigError" } => FindingCodes.ConfigurationMissing,
        { Phase: not "Running" } or { IsTerminating: true } => FindingCodes.PodNotRunning,
        { IsReady: false } => FindingCodes.PodNotReady,
        _ => null,
    };

    // Who cannot be asked is unknown: the fault may be on the way, and a restart would make it worse.
    private static IEnumerable<Finding> OfCalls(NodeObservation seen, string name)
    {
        var isReady = seen.Pod is { IsReady: true } || seen.ClusterFailure is not null;
        if (seen.CallFailure is { } failure && isReady)
        {
            yield return new Finding(FindingCodes.NodeUnreachable, HealthState.Unknown, name, failure);
        }

        if (seen.Refusal is { } refusal)
        {
            yield return new Finding(FindingCodes.NodeRefuses, HealthState.Degraded, name, refusal);
        }
    }

    private static IEnumerable<Finding> OfChannels(NodeObservation seen, string name, IReadOnlyDictionary<ChannelName, ulong?> heights)
    {
        foreach (var channel in seen.Channels)
        {
            if (channel.IsMember == false)
            {
                yield return new Finding(FindingCodes.ChannelNotJoined, HealthState.Degraded, name, $"it is no member of channel {channel.Channel}");
            }
            else if (channel.HasFailed)
            {
                yield return new Finding(FindingCodes.OnboardingFailed, HealthState.Degraded, name, $"it has failed to catch up with channel {channel.Channel}");
            }
            else if (BehindOf(channel, heights) is > TolerableLag and var behind)
            {
                var code = seen.Role == NodeRole.Orderer ? FindingCodes.OrdererLagging : FindingCodes.PeerLagging;
                yield return new Finding(code, HealthState.Degraded, name, $"it is {behind} blocks behind on channel {channel.Channel}");
            }
        }
    }

    private static IEnumerable<Finding> OfVolume(NodeObservation seen, string name)
    {
        if (seen.Volume is { Percent: >= VolumeWarning } volume)
        {
            var isFull = volume.Percent >= VolumeFull;
            yield return new Finding(isFull ? FindingCodes.VolumeFull : FindingCodes.VolumeFilling, HealthState.Degraded, name, $"its volume is {volume.Percent} % full");
        }
    }

    private static ulong? BehindOf(ChannelObservation channel, IReadOnlyDictionary<ChannelName, ulong?> heights) =>
        channel.Height is { } own && heights.GetValueOrDefault(channel.Channel) is { } highest ? highest - Math.Min(own, highest) : null;
}
