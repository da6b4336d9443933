namespace Baas.Core.Networks;

/// <summary>Where a network stands.</summary>
public enum NetworkState
{
    /// <summary>Being made.</summary>
    Creating,

    /// <summary>Made as specified.</summary>
    Ready,

    /// <summary>Being deleted.</summary>
    Deleting,

    /// <summary>A change failed and left something: retry it, or delete the network.</summary>
    Failed,
}
