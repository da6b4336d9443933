namespace Baas.Testing.Fabric;

/// <summary>A test that needs Fabric's own programs; skipped, with that condition named, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FabricBinariesFactAttribute : FactAttribute
{
    /// <summary>Looks whether they are there.</summary>
    public FabricBinariesFactAttribute()
    {
        if (FabricBinaries.Folder is null)
        {
            Skip = $"needs Fabric's own programs: set {FabricBinaries.Variable} to their folder";
        }
    }
}
