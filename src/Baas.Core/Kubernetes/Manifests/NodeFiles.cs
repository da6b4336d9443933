using System.Text;
using System.Text.Json.Nodes;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The files of a node's identity, as one Secret and as a volume made of it.</summary>
internal sealed class NodeFiles
{
    /// <summary>Where containers find the files. Not where the images keep their defaults: a volume there would hide them.</summary>
    public const string Folder = "/etc/baas";

    /// <summary>The MSP folder.</summary>
    public const string Msp = Folder + "/msp";

    /// <summary>The TLS certificate with its intermediates.</summary>
    public const string TlsCertificate = Folder + "/" + TlsCertificateFile;

    /// <summary>The TLS key.</summary>
    public const string TlsKey = Folder + "/" + TlsKeyFile;

    /// <summary>The organization's TLS authorities.</summary>
    public const string TlsRoots = Folder + "/" + TlsRootsFile;

    /// <summary>The volume's name.</summary>
    public const string Volume = "identity";

    private const string TlsCertificateFile = "tls/server.crt";
    private const string TlsKeyFile = "tls/server.key";
    private const string TlsRootsFile = "tls/ca.crt";

    // Octal 0440: the pod's group may read, nobody may write.
    private const int ReadOnlyForGroup = 288;

    private readonly SortedDictionary<string, string> _contents = new(StringComparer.Ordinal);

    /// <summary>Puts the files together.</summary>
    /// <param name="msp">The MSP folder's files by their paths; none for nodes that sign nothing.</param>
    /// <param name="tlsCertificate">The TLS certificate with its intermediates, PEM.</param>
    /// <param name="tlsKey">The TLS key, PEM.</param>
    /// <param name="tlsAuthorities">The organization's TLS authorities, PEM.</param>
    public NodeFiles(IReadOnlyDictionary<string, string> msp, string tlsCertificate, string tlsKey, IEnumerable<string> tlsAuthorities)
    {
        foreach (var (path, content) in msp)
        {
            _contents.Add($"msp/{path}", content);
        }

        _contents.Add(TlsCertificateFile, tlsCertificate);
        _contents.Add(TlsKeyFile, tlsKey);
        _contents.Add(TlsRootsFile, string.Concat(tlsAuthorities));
    }

    /// <summary>The Secret that holds the files.</summary>
    public Manifest Secret(PlacedNode node)
    {
        var data = new JsonObject();
        foreach (var (path, content) in _contents)
        {
            data[KeyOf(path)] = Convert.ToBase64String(Encoding.UTF8.GetBytes(content));
        }

        return Bodies.Of(node.Secret, Labels.Of(node), ("type", "Opaque"), ("data", data));
    }

    /// <summary>The volume that lays the files out as folders.</summary>
    public JsonObject VolumeOf(PlacedNode node) => new()
    {
        ["name"] = Volume,
        ["secret"] = new JsonObject
        {
            ["secretName"] = node.Secret.Name,
            ["defaultMode"] = ReadOnlyForGroup,
            ["items"] = new JsonArray([.. _contents.Keys.Select(path => new JsonObject { ["key"] = KeyOf(path), ["path"] = path })]),
        },
    };

    // Keys of a Secret know no slashes.
    private static string KeyOf(string path) => path.Replace('/', '.');
}
