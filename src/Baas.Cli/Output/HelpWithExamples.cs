using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Baas.Cli.Output;

/// <summary>The library's help, followed by the command's examples.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<Command, string> Examples = [];

    /// <summary>Gives a command examples, one a line.</summary>
    public static Command WithExamples(Command command, string examples)
    {
        Examples.Add(command, examples);
        return command;
    }

    /// <summary>Makes the whole program show examples.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpWithExamples((HelpAction)option.Action!); // the library's own option has the library's action
        }
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (Examples.TryGetValue(parseResult.CommandResult.Command, out var examples))
        {
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in examples.Split('\n'))
            {
                output.WriteLine($"  {example.TrimEnd('\r')}");
            }

            output.WriteLine();
        }

        return code;
    }
}
