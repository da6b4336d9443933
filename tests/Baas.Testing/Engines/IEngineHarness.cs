using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>A workflow engine under test that knows the step <see cref="Work"/> and the workflow <see cref="Scripted"/>.</summary>
public interface IEngineHarness : IAsyncDisposable
{
    /// <summary>The engine; another one after a restart.</summary>
    IWorkflowClient Client { get; }

    /// <summary>What its steps do.</summary>
    Probe Probe { get; }

    /// <summary>Lets exactly this long pass for somebody who waits so long.</summary>
    Task PassAsync(TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Stops the engine and starts it again on the same history.</summary>
    Task RestartAsync();
}
