namespace Baas.Core.Tests.Fabric;

/// <summary>A test that needs Fabric's own programs; skipped, with that condition named, where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RealFabricFactAttribute : FactAttribute
{
    public RealFabricFactAttribute()
    {
        if (FabricBinaries.Folder is null)
        {
            Skip = $"needs Fabric's own programs: set {FabricBinaries.Variable} to their folder";
        }
    }
}
