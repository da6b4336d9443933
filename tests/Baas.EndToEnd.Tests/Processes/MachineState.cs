using System.Diagnostics;
using System.Net.NetworkInformation;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>What a machine holds of the nodes of one data folder: processes, ports and files.</summary>
/// <param name="Data">The data folder.</param>
internal sealed record MachineState(string Data)
{
    private string Mark => $"BAAS_SANDBOX_CONTAINER={Data}";

    /// <summary>The programs that run in the folder: their numbers and command lines.</summary>
    public IReadOnlyList<(int Id, string Command)> Programs =>
    [
        .. Process.GetProcesses().Select(process => process.Id).Where(id => EnvironmentOf(id).Contains(Mark, StringComparison.Ordinal)).Select(id => (id, CommandOf(id))),
    ];

    /// <summary>The number of a node's program; null when it does not run.</summary>
    /// <param name="variable">A variable and its value that only this node has.</param>
    public int? Find(string variable) => Programs.Select(program => (int?)program.Id).FirstOrDefault(id => EnvironmentOf(id!.Value).Contains($"\0{variable}\0", StringComparison.Ordinal));

    /// <summary>What listens on the addresses of the folder's programs.</summary>
    public HashSet<string> Listening
    {
        get
        {
            var settings = string.Concat(Programs.Select(program => EnvironmentOf(program.Id)));
            return [.. Listeners().Where(point => settings.Contains(point.Split(':')[0], StringComparison.Ordinal))];
        }
    }

    /// <summary>Everything that listens on addresses of pods.</summary>
    public static IEnumerable<string> Listeners() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(point => point.Address.ToString() != "127.0.0.1").Select(point => point.ToString());

    /// <summary>Asserts that nothing of a network is left.</summary>
    /// <param name="listened">Where it listened.</param>
    public void AssertNothingLeft(HashSet<string> listened)
    {
        Assert.Empty(Programs);
        Assert.NotEmpty(listened);
        Assert.Empty(Listeners().Intersect(listened));
        AssertNoFiles();
    }

    /// <summary>Asserts that no pod and no volume has left files, and that the service keeps nothing of a network.</summary>
    public void AssertNoFiles()
    {
        var blobs = Path.Combine(Data, "store", "blobs");
        string[] ofNetworks = ["secrets", "artifacts", "transactions", Path.Combine("records", "networks")];
        Assert.Empty(ofNetworks.Select(folder => Path.Combine(blobs, folder)).Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)));
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(blobs, "records", "operations"), "*", SearchOption.AllDirectories)); // this is where they would be
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Data, "sandbox", "pods")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Data, "sandbox", "volumes"), "*", SearchOption.AllDirectories));
    }

    private static string CommandOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended meanwhile
        }
    }

    private static string EnvironmentOf(int id)
    {
        try
        {
            return $"\0{File.ReadAllText($"/proc/{id}/environ")}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ""; // it has ended meanwhile, or is another user's
        }
    }
}
