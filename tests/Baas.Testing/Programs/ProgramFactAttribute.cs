namespace Baas.Testing.Programs;

/// <summary>A test that needs a program on the machine; skipped, with that condition named, where it is not on the PATH.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProgramFactAttribute : FactAttribute
{
    public ProgramFactAttribute(string program)
    {
        Program = program;
        if (ProgramFinder.Find(program) is null)
        {
            Skip = $"needs {program} on the PATH";
        }
    }

    public string Program { get; }
}
