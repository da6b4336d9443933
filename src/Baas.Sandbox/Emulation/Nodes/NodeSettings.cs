using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Emulation.Trust;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Emulation.Nodes;

/// <summary>A node's settings as Fabric's images take them: environment variables over defaults, files by mounts.</summary>
/// <param name="launch">The container.</param>
/// <param name="scratch">The folder that stands for the container's own file system, where nothing is mounted.</param>
internal sealed class NodeSettings(ContainerLaunch launch, string scratch)
{
    private const string ConfigFolder = "/etc/hyperledger/fabric";

    // What stands behind a certificate in its file.
    private readonly Dictionary<X509Certificate2, X509Certificate2Collection> _intermediates = [];

    /// <summary>The variable's value; the default when it is not set.</summary>
    public string Text(string name, string otherwise) => launch.Environment.GetValueOrDefault(name, otherwise);

    /// <summary>The variable's value.</summary>
    /// <exception cref="EmulationException">It is not set.</exception>
    public string Text(string name) => launch.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new EmulationException($"cannot start node \"{launch.Pod}\": {name} is not set");

    /// <summary>Whether the variable says true.</summary>
    public bool Flag(string name, bool otherwise = false) => launch.Environment.TryGetValue(name, out var value) ? value.ToUpperInvariant() is "TRUE" or "1" or "T" : otherwise;

    /// <summary>The place on this machine of a path in the container.</summary>
    public string HostPath(string path)
    {
        var full = path.StartsWith('/') ? path : $"{ConfigFolder}/{path}";
        var mount = launch.Mounts
            .Where(candidate => full == candidate.ContainerPath || full.StartsWith(candidate.ContainerPath.TrimEnd('/') + '/', StringComparison.Ordinal))
            .MaxBy(candidate => candidate.ContainerPath.Length);
        return mount is null
            ? Path.Join(scratch, full)
            : Path.Join(mount.HostPath, full[Math.Min(full.Length, mount.ContainerPath.TrimEnd('/').Length)..]).TrimEnd('/');
    }

    /// <summary>The files of a list, <c>[/a.crt, /b.crt]</c>.</summary>
    public IReadOnlyList<string> HostPaths(string name) =>
        [.. Text(name, string.Empty).Trim('[', ']').Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(HostPath)];

    /// <summary>The pod's address with the port of a <c>host:port</c> setting: a node listens nowhere else, whatever the setting says.</summary>
    /// <exception cref="EmulationException">There is no port in it.</exception>
    public IPEndPoint EndPoint(string name, string otherwise)
    {
        var text = Text(name, otherwise);
        return int.TryParse(text[(text.LastIndexOf(':') + 1)..], out var port) && port is > 0 and < 65536
            ? new IPEndPoint(launch.Address, port)
            : throw new EmulationException($"cannot start node \"{launch.Pod}\": {name} is \"{text}\", which has no port");
    }

    /// <summary>A certificate with its key from two PEM files.</summary>
    /// <param name="certificate">The variable that names the certificate's file.</param>
    /// <param name="key">The variable that names the key's file.</param>
    /// <exception cref="EmulationException">A file is missing or wrong, or the two do not belong together.</exception>
    public X509Certificate2 KeyPair(string certificate, string key)
    {
        try
        {
            var pair = X509Certificate2.CreateFromPemFile(HostPath(Text(certificate)), HostPath(Text(key)));
            _intermediates[pair] = [.. Pem.Certificates(File.ReadAllBytes(HostPath(Text(certificate)))).Skip(1).Select(intermediate => intermediate.X509)];
            return pair;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new EmulationException($"cannot start node \"{launch.Pod}\": failed to load {certificate} and {key}: {failure.Message}", failure);
        }
    }

    /// <summary>The certificates of some PEM files.</summary>
    /// <exception cref="EmulationException">A file is missing or holds no certificate.</exception>
    public X509Certificate2Collection Roots(IEnumerable<string> files)
    {
        var roots = new X509Certificate2Collection();
        foreach (var file in files)
        {
            if (!File.Exists(file))
            {
                throw new EmulationException($"cannot start node \"{launch.Pod}\": root certificate \"{Path.GetFileName(file)}\" is not there");
            }

            foreach (var certificate in Pem.Certificates(File.ReadAllBytes(file)))
            {
                roots.Add(certificate.X509);
            }
        }

        return roots;
    }

    /// <summary>The TLS of a listener.</summary>
    /// <param name="certificate">The node's certificate, null when TLS is off.</param>
    /// <param name="roots">Gives the roots of clients; null when they show no certificate.</param>
    public ListenerTls? Tls(X509Certificate2? certificate, Func<X509Certificate2Collection>? roots) =>
        certificate is null ? null : new ListenerTls(certificate, _intermediates.GetValueOrDefault(certificate, []), roots);
}
