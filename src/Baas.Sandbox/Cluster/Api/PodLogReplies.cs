using System.Text;
using Baas.Sandbox.Cluster.Kubelet;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Answers the log subresource of pods.</summary>
internal sealed class PodLogReplies(ObjectStore store, IPodLogs logs)
{
    private const long Unlimited = long.MaxValue;

    /// <summary>Sends the lines that the request asks for.</summary>
    /// <exception cref="StatusException">404: there is no such pod; 400: it has no such container, or that has not started.</exception>
    public async Task SendAsync(ApiCall call)
    {
        var pod = store.Get(call.Key) ?? throw Failures.NotFound(call.Key);
        var container = ContainerOf(call, pod.Objects("spec", "containers").Concat(pod.Objects("spec", "initContainers")).Select(one => one.Text("name") ?? "").ToList());
        var request = new LogRequest
        {
            PodUid = pod.Uid,
            Container = container,
            Follow = call.Flag("follow"),
            Previous = call.Flag("previous"),
            Timestamps = call.Flag("timestamps"),
            Tail = call.Number("tailLines") is { } tail ? (int)Math.Min(tail, int.MaxValue) : null,
            Since = SinceOf(call),
        };
        var lines = logs.Read(request, call.Aborted)
            ?? throw Failures.BadRequest($"container \"{container}\" in pod \"{call.Name}\" is waiting to start: ContainerCreating");
        call.Http.Response.ContentType = "text/plain";
        await SendAsync(call, lines, request.Follow);
    }

    private static async Task SendAsync(ApiCall call, IAsyncEnumerable<string> lines, bool isFollowed)
    {
        var left = call.Number("limitBytes") ?? Unlimited;
        var body = call.Http.Response.BodyWriter;
        try
        {
            await call.Http.Response.StartAsync(call.Aborted);
            await foreach (var line in lines.WithCancellation(call.Aborted))
            {
                var bytes = Encoding.UTF8.GetBytes(line + "\n");
                var length = (int)Math.Min(bytes.Length, left);
                await body.WriteAsync(bytes.AsMemory(0, length), call.Aborted);
                left -= length;
                if (left == 0)
                {
                    break;
                }

                if (isFollowed)
                {
                    await body.FlushAsync(call.Aborted);
                }
            }

            await body.FlushAsync(call.Aborted);
        }
        catch (OperationCanceledException) when (call.Aborted.IsCancellationRequested)
        {
            // the reader has gone, which is how a followed log ends
        }
    }

    private static string ContainerOf(ApiCall call, List<string> names)
    {
        var asked = call.Query("container");
        if (asked is null && names.Count > 1)
        {
            throw Failures.BadRequest($"a container name must be specified for pod {call.Name}, choose one of: [{string.Join(' ', names)}]");
        }

        var name = asked ?? names.FirstOrDefault() ?? "";
        return names.Contains(name) ? name : throw Failures.BadRequest($"container {name} is not valid for pod {call.Name}");
    }

    private DateTimeOffset? SinceOf(ApiCall call) =>
        call.Number("sinceSeconds") is { } seconds ? store.Clock.GetUtcNow() - TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : Meta.ParseTime(call.Query("sinceTime"));
}
