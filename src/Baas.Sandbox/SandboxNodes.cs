namespace Baas.Sandbox;

/// <summary>What pods of Fabric's images are.</summary>
public enum SandboxNodes
{
    /// <summary>Nodes in this process that speak Fabric's protocols; nothing else is needed.</summary>
    Emulated,

    /// <summary>Fabric's own programs, one process for each container.</summary>
    Process,
}
