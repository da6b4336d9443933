using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Baas.Functions.Hosting.Azure;
using Baas.Testing.Engines;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Tests.Azure.DurableTask;

/// <summary>Nothing listens where the host of Durable Task should be.</summary>
public sealed class EngineAwayTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = Services();

    public static TheoryData<string, Func<IWorkflowClient, Task>> Questions { get; } = new()
    {
        { "start", client => client.StartAsync("op-1", new Scripted.Input("work"), CancellationToken.None) },
        { "status", client => client.GetStatusAsync("op-1", CancellationToken.None) },
        { "wait", client => client.WaitForChangeAsync("op-1", 0, TimeSpan.FromSeconds(1), CancellationToken.None) },
        { "cancel", client => client.CancelAsync("op-1", CancellationToken.None) },
        { "purge", client => client.PurgeAsync("op-1", CancellationToken.None) },
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Question_EngineAway_IsUnavailableAndMayBeAskedAgain(string question, Func<IWorkflowClient, Task> ask)
    {
        var clients = new DurableClients();
        using var flow = clients.Use(_services.GetRequiredService<DurableTaskClient>());

        var failure = await Assert.ThrowsAsync<EngineUnavailableException>(() => ask(new DurableWorkflowClient(clients, _services.GetRequiredService<WorkflowCatalog>(), TimeProvider.System)));

        Assert.True(failure is { Code: "engine-unavailable", IsTransient: true }, $"{question}: {failure}");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _services.DisposeAsync().AsTask();

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection().AddLogging().AddSingleton(new Probe()).AddStep<Work>().AddWorkflow<Scripted>();
        services.AddDurableTaskClient(builder => builder.UseGrpc("http://127.0.0.1:1"));
        return services.BuildServiceProvider();
    }
}
