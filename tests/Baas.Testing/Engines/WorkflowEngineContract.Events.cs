using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact]
    public async Task RaiseEventAsync_Unknown_IsFalse() => Assert.False(await Client.RaiseEventAsync(Id, "go", "now", Soon));

    [Fact]
    public async Task WaitForEventAsync_EventComesLater_GetsIt()
    {
        await StartAsync(async context => await context.WaitForEventAsync<string>("go", Week) ?? "nothing");
        await UntilAsync(seen => seen.Calls is [{ Kind: CallKind.Event }]);

        Assert.True(await Client.RaiseEventAsync(Id, "stay", "wrong name", Soon));
        Assert.True(await Client.RaiseEventAsync(Id, "go", "now", Soon));

        Assert.Equal("now", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task WaitForEventAsync_EventsCameBefore_GetsThemInTheirOrder()
    {
        var gate = Probe.Hold("a");
        await StartAsync(async context =>
        {
            await Do(context, "a");
            return $"{await context.WaitForEventAsync<string>("go", Week)} {await context.WaitForEventAsync<string>("go", TimeSpan.Zero)}";
        });
        await Client.RaiseEventAsync(Id, "go", "first", Soon);
        await Client.RaiseEventAsync(Id, "go", "second", Soon);
        gate.SetResult();

        Assert.Equal("first second", ResultOf(await EndAsync()));
    }

    [Fact]
    public async Task WaitForEventAsync_NoneInTime_IsNull()
    {
        await StartAsync(async context => await context.WaitForEventAsync<string>("go", Week) ?? "nothing");
        await Engine.PassAsync(Week, Soon);

        Assert.Equal("nothing", ResultOf(await EndAsync()));
        Assert.False(await Client.RaiseEventAsync(Id, "go", "too late", Soon));
    }

    [Fact]
    public async Task RaiseEventAsync_PayloadTooLarge_IsRefused()
    {
        await StartAsync(async context => await context.WaitForEventAsync<string>("go", Week) ?? "nothing");

        var refusal = await Assert.ThrowsAnyAsync<Core.BaasException>(() => Client.RaiseEventAsync(Id, "go", new string('x', 300_000), Soon));

        Assert.Equal("payload-too-large", refusal.Code);
    }
}
