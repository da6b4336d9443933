using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Baas.Sandbox.Processes;

/// <summary>Tells a process from another one that got its number later.</summary>
/// <param name="Id">The process's number.</param>
/// <param name="Started">When it was started, by the system's clock.</param>
/// <param name="Program">The file that it runs.</param>
internal sealed record ProcessNote(int Id, DateTimeOffset Started, string Program)
{
    /// <summary>The variable that marks processes with their container's folder, and so what they start in turn.</summary>
    public const string Mark = "BAAS_SANDBOX_CONTAINER";

    /// <summary>The note's file in a container's folder.</summary>
    public const string FileName = "process.json";

    // Systems tell start times from counters since they booted, by a clock that may be set meanwhile.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>The note of a process; null when it has ended already.</summary>
    public static ProcessNote? Of(Process process)
    {
        try
        {
            return new ProcessNote(process.Id, process.StartTime.ToUniversalTime(), process.MainModule?.FileName ?? process.StartInfo.FileName);
        }
        catch (Exception over) when (over is InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Reads a note; null when the file is not there or was not written to its end.</summary>
    public static ProcessNote? Read(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            return File.Exists(path) ? JsonSerializer.Deserialize<ProcessNote>(File.ReadAllBytes(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the note into a container's folder.</summary>
    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this));

    /// <summary>Removes the note of a process that has ended.</summary>
    public static void Forget(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, FileName));
        }
        catch (DirectoryNotFoundException)
        {
            // The pod's folder is gone already.
        }
    }

    /// <summary>Whether a process is the noted one.</summary>
    public bool Is(Process process) =>
        Of(process) is { } other && other.Program == Program && (other.Started - Started).Duration() < Tolerance;
}
