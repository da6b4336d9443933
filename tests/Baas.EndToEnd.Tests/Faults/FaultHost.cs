using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>A cluster and a service whose steps fail as a test wants; shared by the tests of a class.</summary>
public sealed class FaultHost : IAsyncLifetime
{
    private SandboxHost? _sandbox;
    private ServiceRun? _service;

    internal SandboxHost Sandbox => _sandbox ?? throw new InvalidOperationException("not started");

    internal ServiceRun Service => _service ?? throw new InvalidOperationException("not started");

    internal NetworkApi Api => Service.Api;

    internal StepFaults Faults { get; } = new();

    public async Task InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync();
        _service = await _sandbox.StartServiceAsync("service", Faults.AddTo);
    }

    public async Task DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }

        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    /// <summary>Runs an undisturbed creation and gives its steps.</summary>
    internal async Task<IReadOnlyList<StepCall>> StepsOfCreationAsync()
    {
        const string Name = "model";
        Assert.Equal("Succeeded", (await Api.CreateToEndAsync(Name)).State.ToString());
        IReadOnlyList<StepCall> steps = [.. Faults.RunsOf(Name).Keys];
        await DeleteAsync(Name);
        return steps;
    }

    /// <summary>Deletes a network and sees that nothing is left.</summary>
    internal async Task DeleteAsync(string name)
    {
        var deleted = await Api.DeleteToEndAsync(name);
        Assert.True(deleted.Failure is null, deleted.Failure?.ToString());
        await AssertNothingLeftAsync(name);
    }

    internal async Task AssertNothingLeftAsync(string name)
    {
        Assert.Null(await Api.FindAsync(name));
        var remains = await Remains.OfAsync(Sandbox, Service, name);
        Assert.True(remains.IsNothing, $"there is still {remains}");
        Assert.Empty(Remains.LostVolumes(Sandbox));
    }
}
