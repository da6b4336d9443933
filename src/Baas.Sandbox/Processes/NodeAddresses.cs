using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Baas.Sandbox.Processes;

/// <summary>Rewrites addresses in the settings of a program: a pod is alone with its address, and processes have no cluster DNS.</summary>
/// <param name="own">The pod's address.</param>
/// <param name="resolve">The cluster's DNS.</param>
internal sealed partial class NodeAddresses(IPAddress own, Func<string, IPAddress?> resolve)
{
    /// <summary>The text with "any address" and loopback replaced by the pod's own.</summary>
    public string Own(string text) => Local().Replace(text, own.ToString());

    /// <summary>The value of a setting; a <c>host:port</c> whose host the cluster's DNS knows is given with the address.</summary>
    public string Value(string text) => Own(HostPort().Match(text) is { Success: true } match && resolve(match.Groups[1].Value) is { } address
        ? string.Create(CultureInfo.InvariantCulture, $"{address}:{match.Groups[2].Value}")
        : text);

    [GeneratedRegex(@"(?<![\w.])(?:0\.0\.0\.0|127\.0\.0\.1|localhost(?=:\d))(?![\w.])")]
    private static partial Regex Local();

    [GeneratedRegex(@"^([a-z](?:[a-z0-9.-]*[a-z0-9])?):(\d{1,5})$")]
    private static partial Regex HostPort();
}
