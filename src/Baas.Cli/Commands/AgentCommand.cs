using System.CommandLine;
using Baas.Cli.Agents;

namespace Baas.Cli.Commands;

/// <summary><c>baas agent</c>: packs or unpacks a node's volume. The service runs it as a Job; nobody else needs to.</summary>
internal static class AgentCommand
{
    public static Command Create()
    {
        var command = new Command("agent", "Works on the volume of a node that is stopped, as the file named by BAAS_AGENT_JOB says. The service runs it in the cluster, as a Job.") { Hidden = true };
        command.SetAction((_, cancellationToken) => AgentProgram.RunAsync(Environment.GetEnvironmentVariable, path => path, Console.WriteLine, cancellationToken));
        return command;
    }
}
