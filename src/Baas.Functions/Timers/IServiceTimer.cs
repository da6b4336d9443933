namespace Baas.Functions.Timers;

/// <summary>What happens at intervals. The local host runs each in a loop, one run at a time; the Azure host from a timer trigger.</summary>
internal interface IServiceTimer
{
    /// <summary>Its name in logs, such as <c>operation-sweep</c>.</summary>
    string Name { get; }

    /// <summary>How often it is due.</summary>
    TimeSpan Interval { get; }

    /// <summary>Runs once. A run that fails is logged, and the next one tries again.</summary>
    Task RunAsync(CancellationToken cancellationToken);
}
