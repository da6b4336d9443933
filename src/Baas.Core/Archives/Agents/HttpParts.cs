using System.Net;
using System.Net.Http.Headers;

namespace Baas.Core.Archives.Agents;

/// <summary>Parts over HTTP, as Azure's blob storage and the service itself take and give them. What may pass is tried again.</summary>
internal sealed class HttpParts(HttpClient http, PartsAddress? upload, PartsAddress? download, TimeProvider clock) : IArchiveParts
{
    private const int Attempts = 8;
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Cap = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public async Task<bool> PutAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var address = upload ?? throw new ArchiveException("archive-refused", $"cannot send part \"{name}\": the job has no address for it");
        using var answer = await SendAsync(name, "send", () => Put(address.Of(name), content), cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.Created => true,
            HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => false, // it is there already
            HttpStatusCode.Forbidden when await IsThereAsync(answer, cancellationToken) => false,
            var status => throw Refused("send", name, status),
        };
    }

    /// <inheritdoc/>
    public async Task<byte[]?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var address = download ?? throw new ArchiveException("archive-refused", $"cannot fetch part \"{name}\": the job has no address for it");
        using var answer = await SendAsync(name, "fetch", () => new HttpRequestMessage(HttpMethod.Get, address.Of(name)), cancellationToken);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await answer.Content.ReadAsByteArrayAsync(cancellationToken),
            HttpStatusCode.NotFound => null,
            var status => throw Refused("fetch", name, status),
        };
    }

    private static HttpRequestMessage Put(Uri address, ReadOnlyMemory<byte> content)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address) { Content = new ReadOnlyMemoryContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        request.Headers.Add("x-ms-blob-type", "BlockBlob"); // Azure wants to know; the service does not look at it
        return request;
    }

    // What Azure says to those who may create blobs and replace none; its emulator says so in the body alone.
    private static async Task<bool> IsThereAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        (await answer.Content.ReadAsStringAsync(cancellationToken)).Contains("<Code>UnauthorizedBlobOverwrite</Code>", StringComparison.Ordinal);

    private static ArchiveException Refused(string verb, string name, HttpStatusCode status) =>
        new("archive-refused", $"cannot {verb} part \"{name}\": the store answered {(int)status} {status}");

    private static bool MayPass(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InsufficientStorage || (int)status is >= 500 and < 600;

    private async Task<HttpResponseMessage> SendAsync(string name, string verb, Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        var wait = First;
        for (var attempt = 1; ; attempt++)
        {
            var cause = "";
            try
            {
                using var request = make();
                var answer = await http.SendAsync(request, cancellationToken);
                if (!MayPass(answer.StatusCode))
                {
                    return answer;
                }

                cause = $"the store answered {(int)answer.StatusCode} {answer.StatusCode}";
                answer.Dispose();
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                cause = failure.Message;
            }

            if (attempt == Attempts)
            {
                throw new ArchiveException("archive-unreachable", $"cannot {verb} part \"{name}\": {cause}") { IsTransient = true };
            }

            await Task.Delay(wait, clock, cancellationToken);
            wait = TimeSpan.FromTicks(Math.Min(Cap.Ticks, wait.Ticks * 2));
        }
    }
}
