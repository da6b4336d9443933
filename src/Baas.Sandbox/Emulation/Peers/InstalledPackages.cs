using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baas.Sandbox.Emulation.Chaincodes;
using Baas.Sandbox.Emulation.Ledger;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>The chaincode packages on a peer's volume.</summary>
internal sealed partial class InstalledPackages(string folder)
{
    private const string Suffix = ".tar.gz";

    private readonly Lock _gate = new();

    /// <summary>Checks and keeps a package.</summary>
    /// <returns>Its id and label.</returns>
    /// <exception cref="EmulationException">It is no package, its type cannot be built, or it is there already.</exception>
    public (string Id, string Label) Install(byte[] package)
    {
        var (label, type) = Metadata(package);
        var hash = Convert.ToHexStringLower(SHA256.HashData(package));
        var id = $"{label}:{hash}";
        lock (_gate)
        {
            var path = Path.Combine(folder, $"{label}.{hash}{Suffix}");
            if (File.Exists(path))
            {
                throw new EmulationException($"chaincode already successfully installed (package ID '{id}')");
            }

            if (type is not ("ccaas" or "external"))
            {
                throw new EmulationException($"could not build chaincode: emulated nodes build packages of type ccaas only, not \"{type}\"");
            }

            Directory.CreateDirectory(folder);
            DurableFile.Write(path, package);
        }

        return (id, label);
    }

    /// <summary>Ids and labels of all packages.</summary>
    public IReadOnlyList<(string Id, string Label)> List() => !Directory.Exists(folder)
        ? []
        : [.. Directory.GetFiles(folder, $"*{Suffix}").Order(StringComparer.Ordinal).Select(path => Path.GetFileName(path)[..^Suffix.Length]).Select(name => ($"{LabelIn(name)}:{name[(LabelIn(name).Length + 1)..]}", LabelIn(name)))];

    /// <summary>The bytes of a package, or null.</summary>
    public byte[]? Read(string id)
    {
        var parts = id.Split(':');
        var path = parts.Length == 2 && Label().IsMatch(parts[0]) && Hash().IsMatch(parts[1]) ? Path.Combine(folder, $"{parts[0]}.{parts[1]}{Suffix}") : null;
        return path is not null && File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    private static string LabelIn(string name) => name[..name.LastIndexOf('.')];

    private static (string Label, string Type) Metadata(byte[] package)
    {
        try
        {
            var files = TarFiles.Read(package);
            if (!files.TryGetValue("metadata.json", out var json) || !files.ContainsKey("code.tar.gz"))
            {
                throw new EmulationException("could not parse as a chaincode install package: did not find both metadata.json and code.tar.gz");
            }

            using var metadata = JsonDocument.Parse(json);
            var label = metadata.RootElement.GetProperty("label").GetString() ?? string.Empty;
            var type = metadata.RootElement.GetProperty("type").GetString() ?? string.Empty;
            return Label().IsMatch(label) ? (label, type.ToLowerInvariant()) : throw new EmulationException($"could not parse as a chaincode install package: invalid label '{label}'");
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or FormatException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EmulationException($"could not parse as a chaincode install package: {failure.Message}", failure);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9]([a-zA-Z0-9_.+-]*)$")]
    private static partial Regex Label();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
