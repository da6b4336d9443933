using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Prints results to stdout and everything else to stderr.</summary>
internal sealed class Printer(OutputFormat format)
{
    private static readonly Option<OutputFormat> Output = new("--output")
    {
        Description = "How to print results",
        HelpName = "table|json|yaml",
        DefaultValueFactory = _ => OutputFormat.Table,
        Recursive = true,
    };

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Messages for people.</summary>
    public static IAnsiConsole Messages { get; } = ConsoleOn(Console.Error, Console.IsErrorRedirected);

    /// <summary>Results for people.</summary>
    public static IAnsiConsole Results { get; } = ConsoleOn(Console.Out, Console.IsOutputRedirected);

    /// <summary>How results are printed.</summary>
    public OutputFormat Format => format;

    /// <summary>Adds the option to the whole program.</summary>
    public static void AddTo(RootCommand root) => root.Options.Add(Output);

    /// <summary>The printer that the command line asks for.</summary>
    public static Printer Of(ParseResult line) => new(line.GetValue(Output));

    /// <summary>Prints a result: for people as <paramref name="table"/> draws it, else as data.</summary>
    public void Print<T>(T result, Action<IAnsiConsole, T> table)
    {
        switch (format)
        {
            case OutputFormat.Json:
                Console.Out.WriteLine(JsonSerializer.Serialize(result, Indented));
                break;
            case OutputFormat.Yaml:
                Console.Out.Write(Yaml.Of(JsonSerializer.SerializeToNode(result, Indented)));
                break;
            default:
                table(Results, result);
                break;
        }
    }

    /// <summary>Prints an answer of the API as it came, unless people read it.</summary>
    public void Print(JsonObject result, Action<IAnsiConsole, JsonObject> table) => Print<JsonObject>(result, table);

    /// <summary>A table in the style of this program.</summary>
    public static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.None).LeftAligned();
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn($"[grey]{column}[/]").PadLeft(0).PadRight(3).NoWrap());
        }

        return table;
    }

    /// <summary>A duration for people.</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1000 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 100 } => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
    };

    // Files and pipes get neither colours nor lines broken for a screen.
    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = 4096;
        }

        return console;
    }
}
