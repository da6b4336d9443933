using System.Text.RegularExpressions;
using Baas.Sandbox.Pods;

namespace Baas.Sandbox.Processes;

/// <summary>Rewrites the paths of a container in texts to those on this machine.</summary>
internal sealed class PathMap
{
    private readonly Dictionary<string, string> _paths;
    private readonly Regex? _pattern;

    /// <summary>Makes a map.</summary>
    /// <param name="mounts">What the container sees; a path of an earlier one hides the same path of a later one.</param>
    public PathMap(IEnumerable<ContainerMount> mounts)
    {
        _paths = mounts.Select(mount => (Path: mount.ContainerPath.TrimEnd('/'), mount.HostPath)).Where(mount => mount.Path.Length > 0)
            .DistinctBy(mount => mount.Path).ToDictionary(mount => mount.Path, mount => mount.HostPath, StringComparer.Ordinal);
        if (_paths.Count > 0)
        {
            // Whole names only: /tmp is in neither /tmpfs nor /var/tmp. The longest path wins.
            var names = string.Join('|', _paths.Keys.OrderByDescending(path => path.Length).Select(Regex.Escape));
            _pattern = new Regex($"""(?<![\w./-])(?:{names})(?=$|[/\s\],:;"'])""", RegexOptions.CultureInvariant);
        }
    }

    /// <summary>The text with every path of the container replaced, also within lists and URLs.</summary>
    public string Apply(string text) => _pattern?.Replace(text, match => _paths[match.Value]) ?? text;
}
