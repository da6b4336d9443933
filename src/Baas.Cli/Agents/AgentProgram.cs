using Baas.Core;
using Baas.Core.Archives.Agents;
using Baas.Sandbox;

namespace Baas.Cli.Agents;

/// <summary>Runs the agent that works on a volume: as a command of its own, and as the program that stands for its image in the sandbox.</summary>
internal static class AgentProgram
{
    /// <summary>The name of the agent's image, without registry and tag.</summary>
    public const string Image = "baas-agent";

    private const string DefaultJob = "/etc/baas-agent/job.json";
    private const string DefaultVolume = "/volume";

    /// <summary>The programs that a sandbox gets.</summary>
    public static IReadOnlyDictionary<string, SandboxProgram> ForSandbox { get; } = new Dictionary<string, SandboxProgram>
    {
        [Image] = (run, cancellationToken) => RunAsync(name => run.Environment.GetValueOrDefault(name), run.PathOf, run.Log, cancellationToken),
    };

    /// <summary>Runs the job that the environment names.</summary>
    /// <param name="variable">A variable of the environment; null when it is not set.</param>
    /// <param name="pathOf">Where a path of the container lies.</param>
    /// <param name="log">Takes lines for people.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<int> RunAsync(Func<string, string?> variable, Func<string, string> pathOf, Action<string> log, CancellationToken cancellationToken)
    {
        try
        {
            var job = pathOf(variable(VolumeAgent.JobVariable) ?? DefaultJob);
            var volume = pathOf(variable(VolumeAgent.VolumeVariable) ?? DefaultVolume);
            await VolumeAgent.RunAsync(job, volume, log, TimeProvider.System, cancellationToken);
            return ExitCode.Success;
        }
        catch (Exception failure) when (failure is BaasException or IOException or UnauthorizedAccessException)
        {
            log(failure.Message.ReplaceLineEndings(" "));
            return failure is BaasException { IsTransient: true } ? ExitCode.Unreachable : ExitCode.OperationFailed;
        }
    }
}
