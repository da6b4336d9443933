using System.Collections.Concurrent;
using System.IO.Pipelines;
using Baas.Sandbox.Processes;

namespace Baas.Sandbox.Tests.Processes;

public sealed class OutputPumpTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly Pipe _pipe = new();
    private readonly ConcurrentQueue<string> _log = [];
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Run_LinesAcrossLooks_AreWhole()
    {
        var pumping = OutputPump.RunAsync(_pipe.Reader.AsStream(), Note, CancellationToken.None);

        await _pipe.Writer.WriteAsync("one\ntw\u00f6"u8.ToArray().AsMemory()[..^1]); // the last byte of a letter comes later
        await _first.Task.WaitAsync(Limit);
        await _pipe.Writer.WriteAsync("\u00f6!\r\n\nend"u8.ToArray().AsMemory()[1..]);
        await _pipe.Writer.CompleteAsync();
        await pumping.WaitAsync(Limit);

        Assert.Equal(["one", "twö!", "", "end"], _log);
    }

    [Fact]
    public async Task Run_MoreThanALookTakes_LosesNothing()
    {
        var lines = Enumerable.Range(0, 10_000).Select(number => $"line {number} of many").ToList();
        var pumping = OutputPump.RunAsync(_pipe.Reader.AsStream(), Note, CancellationToken.None);

        await _pipe.Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        await _pipe.Writer.CompleteAsync();
        await pumping.WaitAsync(Limit);

        Assert.Equal(lines, _log);
    }

    [Fact]
    public async Task Run_GivenUp_GivesWhatItHas()
    {
        using var stop = new CancellationTokenSource();
        var pumping = OutputPump.RunAsync(_pipe.Reader.AsStream(), Note, stop.Token);
        await _pipe.Writer.WriteAsync("whole\nhalf"u8.ToArray());
        await _first.Task.WaitAsync(Limit);

        await stop.CancelAsync();
        await pumping.WaitAsync(Limit);

        Assert.Equal(["whole", "half"], _log);
    }

    private void Note(string line)
    {
        _log.Enqueue(line);
        _first.TrySetResult();
    }
}
