using System.Text.Json;
using System.Text.Json.Serialization;

namespace Baas.Core.Archives.Agents;

/// <summary>What an agent is told, in a file that only it can read. It holds the volume's key.</summary>
public sealed record AgentJob
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>What to do.</summary>
    public required AgentVerb Verb { get; init; }

    /// <summary>The backup's id.</summary>
    public required string Backup { get; init; }

    /// <summary>The volume's key; empty where nothing is read or written.</summary>
    public byte[] Key { get; init; } = [];

    /// <summary>Where parts are sent; null when nothing is sent.</summary>
    public PartsAddress? Upload { get; init; }

    /// <summary>Where parts are fetched, for packing the list of known parts alone; null when nothing is fetched.</summary>
    public PartsAddress? Download { get; init; }

    /// <summary>The archive to unpack; null otherwise.</summary>
    public VolumeRoot? Root { get; init; }

    /// <summary>As it stands in the file.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>Reads the file's content.</summary>
    /// <exception cref="ArchiveException">It is no job (<c>agent-job-invalid</c>).</exception>
    public static AgentJob Read(ReadOnlySpan<byte> content)
    {
        try
        {
            return JsonSerializer.Deserialize<AgentJob>(content, Form) ?? throw new JsonException("null");
        }
        catch (JsonException failure)
        {
            throw new ArchiveException("agent-job-invalid", $"cannot read the agent's job: {failure.Message}", failure);
        }
    }

    /// <summary>Without its key.</summary>
    public override string ToString() => $"{Verb} {Backup}";
}
