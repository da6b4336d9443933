namespace Baas.Functions.Tests.Infra;

/// <summary>A test that needs the Bicep compiler.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute()
    {
        if (InfraTools.Bicep is null)
        {
            Skip = "needs bicep: on the PATH, or run dotnet restore tests/infra-tools/bicep.csproj (Linux on x64)";
        }
    }
}
