using Baas.Testing.Fabric;

namespace Baas.Core.Tests.Fabric.Real;

/// <summary>A test that needs Fabric's own programs of version 3 or later; skipped, with that condition named, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BftFactAttribute : FactAttribute
{
    public BftFactAttribute()
    {
        if (FabricBinaries.Folder is null || !KnowsBft)
        {
            Skip = $"needs Fabric's own programs of version 3 or later: set {FabricBinaries.Variable} to their folder";
        }
    }

    /// <summary>Whether the programs are of version 3: their sample configuration knows the option that came with it.</summary>
    public static bool KnowsBft { get; } = FabricBinaries.Folder is { } folder
        && File.ReadAllText(Path.Combine(folder, "..", "config", "configtx.yaml")).Contains("ConsenterMapping", StringComparison.Ordinal);
}
