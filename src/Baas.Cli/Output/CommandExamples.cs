using System.CommandLine;

namespace Baas.Cli.Output;

/// <summary>Examples beside the command that they are of.</summary>
internal static class CommandExamples
{
    extension(Command command)
    {
        /// <summary>Gives the command examples, one a line, shown by its help.</summary>
        public Command WithExamples(string examples) => HelpWithExamples.WithExamples(command, examples);
    }
}
