namespace Baas.Testing.Storage.Azure;

/// <summary>A test that needs Azure's storage emulator; skipped, with that condition named, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public const string Condition = "needs Azurite: run npm ci in tests/azurite";

    public AzuriteFactAttribute()
    {
        if (AzuriteServer.Program is null)
        {
            Skip = Condition;
        }
    }
}
