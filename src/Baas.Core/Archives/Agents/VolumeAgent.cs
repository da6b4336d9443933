using System.Text;
using System.Text.Json;

namespace Baas.Core.Archives.Agents;

/// <summary>The program that works on one volume, in a Job beside a node that is stopped. It is told what to do by a file, and knows nothing else.</summary>
public static class VolumeAgent
{
    /// <summary>The variable that names the job's file.</summary>
    public const string JobVariable = "BAAS_AGENT_JOB";

    /// <summary>The variable that names the volume's folder.</summary>
    public const string VolumeVariable = "BAAS_AGENT_VOLUME";

    /// <summary>Runs the job.</summary>
    /// <param name="jobFile">The job's file.</param>
    /// <param name="volume">The volume's folder.</param>
    /// <param name="log">Takes lines for people.</param>
    /// <param name="clock">The time that waits are measured in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArchiveException">It cannot be done; the message names the part.</exception>
    public static async Task RunAsync(string jobFile, string volume, Action<string> log, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(log);
        var job = AgentJob.Read(await File.ReadAllBytesAsync(jobFile, cancellationToken));
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        RequireEncrypted(job.Upload);
        RequireEncrypted(job.Download);
        var parts = new HttpParts(http, job.Upload, job.Download, clock);
        switch (job.Verb)
        {
            case AgentVerb.Pack:
                await PackAsync(job, parts, volume, log, cancellationToken);
                break;
            case AgentVerb.Unpack:
                var root = job.Root ?? throw new ArchiveException("agent-job-invalid", "cannot unpack: the job names no archive");
                await new VolumeReader(VolumeKeys.Of(job.Key), parts).StageAsync(root, volume, cancellationToken);
                log($"{root.Entries} files and folders with {root.Bytes} bytes are put together");
                break;
            case AgentVerb.Swap:
                VolumeSwap.Swap(volume);
                log("the restored volume is in its place");
                break;
            default:
                VolumeSwap.Discard(volume);
                log("the restored volume is removed");
                break;
        }
    }

    /// <summary>What an agent has written when it has packed a volume.</summary>
    /// <param name="keys">The volume's keys.</param>
    /// <param name="backup">The backup's id.</param>
    /// <param name="content">What the agent has written.</param>
    /// <exception cref="ArchiveException">It is damaged, or no agent has written it.</exception>
    public static VolumeRoot ReadResult(VolumeKeys keys, string backup, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var name = PartNames.Result(backup);
        return JsonSerializer.Deserialize<VolumeRoot>(PartBox.Open(keys, name, content), IndexReader.Form) ?? throw ArchiveException.Damaged(name, "it is empty");
    }

    /// <summary>The list of known parts, as the agent fetches it: a name a line.</summary>
    public static byte[] WriteKnown(IEnumerable<string> names) => Encoding.ASCII.GetBytes(string.Join('\n', names));

    /// <summary>Stores what was packed, for <see cref="ReadResult"/>; does nothing when an earlier attempt has.</summary>
    internal static Task<bool> StoreResultAsync(VolumeKeys keys, IArchiveParts parts, string backup, VolumeRoot root, CancellationToken cancellationToken)
    {
        var name = PartNames.Result(backup);
        return parts.PutAsync(name, PartBox.Seal(keys, name, JsonSerializer.SerializeToUtf8Bytes(root, IndexReader.Form)), cancellationToken);
    }

    private static async Task PackAsync(AgentJob job, HttpParts parts, string volume, Action<string> log, CancellationToken cancellationToken)
    {
        var keys = VolumeKeys.Of(job.Key);
        var known = await parts.GetAsync(PartNames.Known, cancellationToken) ?? [];
        var names = Encoding.ASCII.GetString(known).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var root = await new VolumePacker(keys, parts).PackAsync(volume, names, cancellationToken);
        await StoreResultAsync(keys, parts, job.Backup, root, cancellationToken);
        log($"{root.Entries} files and folders with {root.Bytes} bytes are packed; {root.SentParts} parts with {root.SentBytes} bytes were new");
    }

    // What is sent is encrypted, but who may send is told by the address.
    private static void RequireEncrypted(PartsAddress? address)
    {
        if (address is not null && address.Base.Scheme != Uri.UriSchemeHttps && !address.Base.IsLoopback)
        {
            throw new ArchiveException("archive-refused", $"cannot use address {address.Base}: it has to be HTTPS");
        }
    }
}
