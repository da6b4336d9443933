namespace Baas.Core.Records;

/// <summary>Where an operation stands.</summary>
public enum OperationState
{
    /// <summary>Waits in the queue for its turn.</summary>
    Queued,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended with an error.</summary>
    Failed,

    /// <summary>Ended because somebody cancelled it.</summary>
    Canceled,
}
