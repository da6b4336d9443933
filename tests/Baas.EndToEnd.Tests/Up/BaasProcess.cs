using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Baas.EndToEnd.Tests.Up;

/// <summary>The built program as a process of its own, with settings of its own. Disposal ends this process and no other.</summary>
internal sealed class BaasProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task _reading;
    private readonly StringBuilder _error = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BaasProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _reading = ReadErrorAsync();
    }

    /// <summary>Where the program was built to, in the configuration of these tests.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Baas.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name, "baas.dll"));

    public int Id => _process.Id;

    /// <summary>Starts it.</summary>
    /// <param name="settings">The file of the user's settings.</param>
    /// <param name="arguments">The command line.</param>
    public static BaasProcess Start(string settings, params IEnumerable<string> arguments) => StartAs("dotnet", settings, [Program, .. arguments]);

    /// <summary>Starts it by way of another program.</summary>
    public static BaasProcess StartAs(string program, string settings, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Testing.Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("BAAS_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["BAAS_CONFIG"] = settings;
        return new BaasProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start"));
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<BaasResult> RunAsync(string settings, params string[] arguments)
    {
        await using var process = Start(settings, arguments);
        return await process.EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<BaasResult> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(deadline.Token);
        await _reading.WaitAsync(deadline.Token);
        return new(_process.ExitCode, await _output.WaitAsync(deadline.Token), Error());
    }

    /// <summary>Waits until a text stands on stderr.</summary>
    public async Task UntilAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            var news = Volatile.Read(ref _news).Task;
            if (Error().Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.False(_reading.IsCompleted, $"the program ended before it said \"{text}\": {Error()}");
            await Task.WhenAny(news, _reading).WaitAsync(deadline.Token);
        }
    }

    /// <summary>What stands on stderr by now.</summary>
    public string Error()
    {
        lock (_error)
        {
            return _error.ToString();
        }
    }

    /// <summary>Sends a signal, such as INT for Ctrl-C.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private async Task ReadErrorAsync()
    {
        var buffer = new char[4096];
        int read;
        while ((read = await _process.StandardError.ReadAsync(buffer)) > 0)
        {
            lock (_error)
            {
                _error.Append(buffer, 0, read);
            }

            Interlocked.Exchange(ref _news, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
