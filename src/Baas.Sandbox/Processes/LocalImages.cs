using System.Text.Json;

namespace Baas.Sandbox.Processes;

/// <summary>Reads <c>sandbox-images.json</c>: which program of this machine stands for which image. Read anew each time, so that a correction helps waiting pods.</summary>
/// <param name="files">The files, asked in this order; those that are not there count as empty.</param>
internal sealed class LocalImages(IReadOnlyList<string> files)
{
    /// <summary>The file's usual name.</summary>
    public const string FileName = "sandbox-images.json";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
    };

    /// <summary>The program of an image, by its whole name, else by its name without the tag; the reason when there is none that can be run.</summary>
    public (LocalImage? Program, string? Refusal) Find(string image)
    {
        foreach (var file in files.Where(File.Exists))
        {
            if (!TryRead(file, out var content, out var fault))
            {
                return (null, $"cannot read \"{file}\": {fault}");
            }

            if (content.Images.GetValueOrDefault(image) is { } found || content.Images.TryGetValue(WithoutTag(image), out found))
            {
                var program = found with { WorkingFolder = Path.GetFullPath(found.WorkingFolder, Path.GetDirectoryName(Path.GetFullPath(file)) ?? file) };
                return FaultOf(program) is { } wrong ? (null, $"\"{file}\": {wrong}") : (program, null);
            }
        }

        return (null, $"no program of this machine stands for it: name one below \"images\" in \"{(files.Count > 0 ? files[^1] : FileName)}\" (see examples/{FileName})");
    }

    private static bool TryRead(string file, out ImageFile content, out string fault)
    {
        (content, fault) = (new ImageFile(), "");
        try
        {
            content = JsonSerializer.Deserialize<ImageFile>(File.ReadAllText(file), Form) ?? content;
            return true;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            fault = failure.Message;
            return false;
        }
    }

    private static string? FaultOf(LocalImage image)
    {
        if (image.Command.Count == 0)
        {
            return "its \"command\" is empty";
        }

        if (!Directory.Exists(image.WorkingFolder))
        {
            return $"its working folder \"{image.WorkingFolder}\" does not exist";
        }

        var missing = image.Requires.FirstOrDefault(required => !Path.Exists(Path.Combine(image.WorkingFolder, required.Key)));
        return missing.Key is null ? null : $"\"{missing.Key}\" is not in \"{image.WorkingFolder}\": run \"{missing.Value}\" there";
    }

    // A colon before the last slash belongs to the registry's port.
    private static string WithoutTag(string image)
    {
        var colon = image.LastIndexOf(':');
        return colon > image.LastIndexOf('/') ? image[..colon] : image;
    }

    private sealed record ImageFile
    {
        public Dictionary<string, LocalImage> Images { get; init; } = [];
    }
}
