namespace Baas.Testing.Storage.Azure;

/// <summary>A theory that needs Azure's storage emulator; skipped, with that condition named, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteTheoryAttribute : TheoryAttribute
{
    public AzuriteTheoryAttribute()
    {
        if (AzuriteServer.Program is null)
        {
            Skip = AzuriteFactAttribute.Condition;
        }
    }
}
