using System.Net;
using Baas.Core.Archives;
using Baas.Core.Archives.Agents;
using Baas.Testing.Time;

namespace Baas.Core.Tests.Archives;

/// <summary>What an agent makes of a store that is full, slow, down or refuses.</summary>
public sealed class HttpPartsTests
{
    private static readonly int[] Waits = [200, 400, 800, 1600, 3200, 6400, 12800];
    private static readonly PartsAddress Address = new(new Uri("http://127.0.0.1/parts/"), "?sig=x", DateTimeOffset.MaxValue);

    private readonly ManualClock _clock = new();

    public static TheoryData<HttpStatusCode> Passing => [HttpStatusCode.InsufficientStorage, HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError, HttpStatusCode.TooManyRequests, HttpStatusCode.RequestTimeout];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task PutAsync_FullOrDownForAWhile_IsSentInTheEnd(HttpStatusCode status)
    {
        var asked = 0;
        var parts = Parts(_ => Task.FromResult(asked++ < 2 ? status : HttpStatusCode.Created));

        Assert.True(await PassAsync(parts.PutAsync("a", new byte[3], CancellationToken.None), 2));

        Assert.Equal(3, asked);
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task PutAsync_FullOrDownForGood_IsGivenUpAndMayBeTriedByAnother(HttpStatusCode status)
    {
        var parts = Parts(_ => Task.FromResult(status));

        var failure = await Assert.ThrowsAsync<ArchiveException>(() => PassAsync(parts.PutAsync("a", new byte[3], CancellationToken.None), Waits.Length));

        Assert.Equal(("archive-unreachable", true), (failure.Code, failure.IsTransient));
        Assert.Contains($"{(int)status}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sig=", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge)]
    public async Task PutAsync_Refused_IsNotTriedAgain(HttpStatusCode status)
    {
        var asked = 0;
        var parts = Parts(_ =>
        {
            asked++;
            return Task.FromResult(status);
        });

        var failure = await Assert.ThrowsAsync<ArchiveException>(() => parts.PutAsync("a", new byte[3], CancellationToken.None));

        Assert.Equal(("archive-refused", false, 1), (failure.Code, failure.IsTransient, asked));
    }

    [Fact]
    public async Task AnyCall_NobodyListensOrTooSlow_IsTriedAgain()
    {
        var asked = 0;
        var parts = Parts(async token =>
        {
            switch (asked++)
            {
                case 0:
                    throw new HttpRequestException("connection refused");
                case 1:
                    await Task.Delay(Timeout.Infinite, token); // until the client's patience ends
                    return HttpStatusCode.OK;
                default:
                    return HttpStatusCode.NotFound;
            }
        }, patience: TimeSpan.FromSeconds(1));

        Assert.Null(await PassAsync(parts.GetAsync("a", CancellationToken.None), 2));
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed)]
    public async Task PutAsync_ThereAlready_IsNoFailure(HttpStatusCode status) => Assert.False(await Parts(_ => Task.FromResult(status)).PutAsync("a", new byte[3], CancellationToken.None));

    [Fact]
    public async Task AnyCall_WithoutAnAddress_IsRefused()
    {
        var parts = new HttpParts(new HttpClient(), null, null, _clock);
        Assert.Equal("archive-refused", (await Assert.ThrowsAsync<ArchiveException>(() => parts.PutAsync("a", default, CancellationToken.None))).Code);
        Assert.Equal("archive-refused", (await Assert.ThrowsAsync<ArchiveException>(() => parts.GetAsync("a", CancellationToken.None))).Code);
    }

    private HttpParts Parts(Func<CancellationToken, Task<HttpStatusCode>> answer, TimeSpan? patience = null) =>
        new(new HttpClient(new Store(answer)) { Timeout = patience ?? Timeout.InfiniteTimeSpan }, Address, Address, _clock);

    private async Task<T> PassAsync<T>(Task<T> call, int waits)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        foreach (var wait in Waits.Take(waits))
        {
            await _clock.PassAsync(TimeSpan.FromMilliseconds(wait), deadline.Token);
        }

        return await call.WaitAsync(deadline.Token);
    }

    private sealed class Store(Func<CancellationToken, Task<HttpStatusCode>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(await answer(cancellationToken)) { Content = new ByteArrayContent([]) };
    }
}
