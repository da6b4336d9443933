using System.Globalization;
using System.Runtime.CompilerServices;

namespace Baas.Core.Kubernetes;

/// <summary>Follows what a container prints.</summary>
internal static class PodLogStream
{
    /// <summary>The last lines, then each new one, until the container ends.</summary>
    /// <exception cref="KubernetesException">The cluster refused, did not answer, or the stream broke off.</exception>
    public static async IAsyncEnumerable<string> ReadAsync(
        ClusterSender sender, ResourceReference pod, string? container, int tailLines, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = tailLines.ToString(CultureInfo.InvariantCulture);
        var path = ResourcePaths.WithQuery($"{ResourcePaths.Of(pod)}/log", ("container", container), ("tailLines", lines), ("follow", "true"));
        var request = ClusterRequest.About(pod, HttpMethod.Get, path, "follow the logs of");
        using var answer = await sender.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw ClusterFailures.Of(request, answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellationToken));
        }

        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellationToken));
        while (await LineAsync(sender, request, reader, cancellationToken) is { } line)
        {
            yield return line;
        }
    }

    private static async Task<string?> LineAsync(ClusterSender sender, ClusterRequest request, StreamReader reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw sender.Broken(request, failure);
        }
    }
}
