using System.Text;
using YamlDotNet.RepresentationModel;

namespace Baas.Core.Kubernetes.Connections;

/// <summary>One mapping of a kubeconfig; its readers say which file and field is wrong.</summary>
/// <param name="file">The kubeconfig's path.</param>
/// <param name="field">Where the mapping stands.</param>
/// <param name="mapping">The mapping itself.</param>
internal sealed class KubeconfigNode(string file, string field, YamlMappingNode mapping)
{
    /// <summary>The kubeconfig's path.</summary>
    public string File { get; } = file;

    /// <summary>A text; null when absent or empty.</summary>
    public string? Text(string name) => Child(name) switch
    {
        null => null,
        YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => throw Wrong(name, "is no text"),
    };

    /// <summary>A text that has to be there.</summary>
    public string Required(string name) => Text(name) ?? throw Wrong(name, "is missing");

    /// <summary>Yes or no; no when absent.</summary>
    public bool Flag(string name) => Text(name) switch
    {
        null or "false" => false,
        "true" => true,
        _ => throw Wrong(name, "is neither true nor false"),
    };

    /// <summary>An inner mapping; null when absent.</summary>
    public KubeconfigNode? Inner(string name) => Child(name) switch
    {
        null or YamlScalarNode { Value: null or "" or "null" or "~" } => null,
        YamlMappingNode inner => new KubeconfigNode(File, $"{field}.{name}", inner),
        _ => throw Wrong(name, "is no mapping"),
    };

    /// <summary>The mappings of a list; none when absent.</summary>
    public IEnumerable<KubeconfigNode> Items(string name) => Sequence(name).Select((item, index) => item is YamlMappingNode inner
        ? new KubeconfigNode(File, $"{field}.{name}[{index}]", inner)
        : throw Wrong(name, "has an item that is no mapping"));

    /// <summary>The texts of a list; none when absent.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. Sequence(name).Select(item => item is YamlScalarNode scalar ? scalar.Value ?? "" : throw Wrong(name, "has an item that is no text"))];

    /// <summary>PEM that stands in the file itself (<c>{name}-data</c>, Base64) or in a file beside it; null when neither does.</summary>
    public string? Pem(string name)
    {
        if (Text($"{name}-data") is { } data)
        {
            try
            {
                return Encoding.UTF8.GetString(Convert.FromBase64String(data));
            }
            catch (FormatException)
            {
                throw Wrong($"{name}-data", "is no Base64"); // the cause might quote what is a key
            }
        }

        return Text(name) is { } path ? ReadBeside(name, path) : null;
    }

    /// <summary>A path, resolved against the folder of the kubeconfig.</summary>
    public string Beside(string path) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(File)) ?? "", path);

    /// <summary>Says that a field is wrong.</summary>
    public KubernetesException Wrong(string name, string problem, Exception? cause = null) =>
        Failures.Kubeconfig(File, $"{(field.Length == 0 ? name : $"{field}.{name}")} {problem}", cause);

    private string ReadBeside(string name, string path)
    {
        try
        {
            return System.IO.File.ReadAllText(Beside(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Wrong(name, $"names the file \"{path}\", which cannot be read", failure);
        }
    }

    private IEnumerable<YamlNode> Sequence(string name) => Child(name) switch
    {
        null or YamlScalarNode { Value: null or "" or "null" or "~" } => [],
        YamlSequenceNode sequence => sequence.Children,
        _ => throw Wrong(name, "is no list"),
    };

    private YamlNode? Child(string name) => mapping.Children.TryGetValue(new YamlScalarNode(name), out var child) ? child : null;
}
