namespace Baas.Sandbox.Pods;

/// <summary>A container whose program runs. Disposing kills what is left of it at once.</summary>
internal interface IRunningContainer : IAsyncDisposable
{
    /// <summary>Completes with the exit code when the program ends, whoever ended it.</summary>
    Task<int> Exited { get; }

    /// <summary>Asks the program to end and kills it when <paramref name="grace"/> has passed.</summary>
    Task StopAsync(TimeSpan grace);
}
