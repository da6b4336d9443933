using Baas.Cli.Api;
using Baas.Cli.Output;
using Spectre.Console;

namespace Baas.EndToEnd.Tests.Cli;

/// <summary>How an operation looks while it waits for something: one line for all looks at it.</summary>
public sealed class OperationOutputTests
{
    private static readonly DateTimeOffset Begun = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Step[] Waited =
    [
        Step("step", "ApplyPeer", 0, 1),
        Step("step", "NodeReady", 1, 2) with { Unmet = "its pod is not there" },
        Step("delay", "Delay", 2, 4) with { Subject = "00:00:02" },
        Step("step", "NodeReady", 8, 9) with { Unmet = "its container starts" },
        Step("delay", "Delay", 9, 11) with { Subject = "00:00:02" },
        Step("step", "NodeReady", 11, 12),
        Step("step", "NodeReady", 20, 21), // asked once more, later, for something else
    ];

    [Fact]
    public void Log_LooksThatDidNotHold_AreNoEnds()
    {
        List<string> lines = [];
        var log = new OperationLog(lines.Add);

        for (var count = 1; count <= Waited.Length; count++)
        {
            log.Show(Of(Waited[..count])); // as it grows
            log.Show(Of(Waited[..count]));
        }

        Assert.Equal(
            [
                "   1.000 s  done    apply peer peer-1.org1 (1.0 s)",
                "   9.000 s  waits   node ready peer-1.org1: its container starts",
                "  12.000 s  done    node ready peer-1.org1 (11.0 s)",
                "  21.000 s  done    node ready peer-1.org1 (1.0 s)",
            ],
            lines);
    }

    [Fact]
    public void Log_FirstStepsAreLeftOutLater_TellsNothingTwice()
    {
        List<string> lines = [];
        var log = new OperationLog(lines.Add);

        log.Show(Of(Waited));
        log.Show(Of(Waited[6..]));

        Assert.Equal(4 - 1, lines.Count); // shown at once, it has waited already
    }

    [Theory]
    [InlineData(4, "● node ready peer-1.org1 29.0 s its container starts")]
    [InlineData(6, "✓ node ready peer-1.org1 11.0 s")]
    public void Tree_Looks_AreOneLine(int count, string line)
    {
        var drawn = Draw(Of(Waited[..count]));

        Assert.Equal(["● create network net 30.0 s", "✓ apply peer peer-1.org1 1.0 s", line], drawn);
    }

    [Fact]
    public void Tree_WaitedInVain_TellsForWhat()
    {
        var group = Step("workflow", "ProvisionPeer", 0, 10) with { State = "failed", ErrorMessage = "the deadline passed", Steps = Waited[..4] };

        var drawn = Draw(Of([group]) with { State = "failed", EndedAt = Begun.AddSeconds(10) });

        Assert.Equal(["✗ create network net 10.0 s", "✗ provision peer peer-1.org1 10.0 s 2 steps the deadline passed", "✗ node ready peer-1.org1 8.0 s its container starts"], drawn);
    }

    private static Step Step(string kind, string name, int from, int to) =>
        new() { Kind = kind, Name = name, Subject = "peer-1.org1", State = "completed", StartedAt = Begun.AddSeconds(from), EndedAt = Begun.AddSeconds(to) };

    private static Operation Of(IReadOnlyList<Step> steps) =>
        new() { Id = "op-1", Network = "net", Kind = "createNetwork", State = "running", CreatedAt = Begun, Steps = steps };

    private static string[] Draw(Operation operation)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 200;
        console.Write(OperationTree.Draw(operation, Begun.AddSeconds(30)));
        return [.. text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimStart(' ', '├', '└', '─', '│', '|', '-', '`').TrimEnd())];
    }
}
