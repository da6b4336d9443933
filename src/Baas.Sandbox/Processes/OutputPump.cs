using System.Text;

namespace Baas.Sandbox.Processes;

/// <summary>
/// Takes what a program prints, line by line. After each look it waits a moment for more: a peer prints several lines for each call,
/// and to be woken by every one of them costs more than to take them together.
/// </summary>
internal static class OutputPump
{
    // Short enough that a pipe of 64 KiB does not fill up, and that nobody who follows a log sees it.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads until the program and all that have inherited its output are gone, or the caller gives up.</summary>
    /// <param name="output">The end of the pipe.</param>
    /// <param name="log">Takes each line.</param>
    /// <param name="cancellationToken">Gives up; what was read of an unfinished line is still given.</param>
    public static async Task RunAsync(Stream output, Action<string> log, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[Encoding.UTF8.GetMaxCharCount(buffer.Length)];
        var unfinished = new StringBuilder();
        try
        {
            while (await output.ReadAsync(buffer, cancellationToken) is var read and > 0)
            {
                Split(text.AsSpan(0, decoder.GetChars(buffer, 0, read, text, 0)), unfinished, log);
                if (read < buffer.Length)
                {
                    await Task.Delay(Pause, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody holds the pipe who is not the program.
        }

        if (unfinished.Length > 0)
        {
            log(unfinished.ToString());
        }
    }

    private static void Split(ReadOnlySpan<char> text, StringBuilder unfinished, Action<string> log)
    {
        while (text.IndexOf('\n') is var end and >= 0)
        {
            unfinished.Append(text[..end]);
            log(unfinished.ToString().TrimEnd('\r'));
            unfinished.Clear();
            text = text[(end + 1)..];
        }

        unfinished.Append(text);
    }
}
