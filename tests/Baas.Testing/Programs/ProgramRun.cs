using System.Diagnostics;

namespace Baas.Testing.Programs;

/// <summary>What a program printed, and how it ended.</summary>
public sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its path, or its name on the PATH.</param>
    /// <param name="arguments">The command line.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="environment">What is set for it beside what is set here.</param>
    public static async Task<ProgramRun> OfAsync(string program, IEnumerable<string> arguments, string? input = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
        var error = process.StandardError.ReadToEndAsync(deadline.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(deadline.Token);
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Fails unless it ended well.</summary>
    public void AssertSuccess() => Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}{Output}");
}
