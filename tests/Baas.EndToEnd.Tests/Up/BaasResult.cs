namespace Baas.EndToEnd.Tests.Up;

/// <summary>How a run of the program ended.</summary>
internal sealed record BaasResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\nstdout: {Output}\nstderr: {Error}";
}
