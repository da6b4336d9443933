namespace Baas.Core.Workflows.Engine;

/// <summary>Starts workflows and looks at them. The two engines implement it.</summary>
public interface IWorkflowClient
{
    /// <summary>Starts a workflow; does nothing when the id is known already. On disk when the task completes.</summary>
    Task StartAsync(string instanceId, IWorkflowInput input, CancellationToken cancellationToken);

    /// <summary>What an instance and its children have done so far; null when the id is unknown.</summary>
    Task<WorkflowStatus?> GetStatusAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Waits until the status has another <see cref="WorkflowStatus.Revision"/> than <paramref name="seen"/>, or for <paramref name="timeout"/>.</summary>
    /// <returns>The status at that time; null when the id is unknown.</returns>
    Task<WorkflowStatus?> WaitForChangeAsync(string instanceId, long seen, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Raises an event. On disk when the task completes. False when the id is unknown or the instance has ended.</summary>
    Task<bool> RaiseEventAsync(string instanceId, string name, object payload, CancellationToken cancellationToken);

    /// <summary>Asks an instance and its children to stop: the running steps finish, then the saga undoes. False when it has ended or is unknown.</summary>
    Task<bool> CancelAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Forgets an ended instance and its children.</summary>
    Task PurgeAsync(string instanceId, CancellationToken cancellationToken);
}
