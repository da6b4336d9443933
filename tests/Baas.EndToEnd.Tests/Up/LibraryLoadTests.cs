using Baas.EndToEnd.Tests.Fixture;
using Baas.Testing;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Up;

/// <summary>The library for Ed25519 costs nobody anything who does not use such keys.</summary>
public sealed class LibraryLoadTests(ITestOutputHelper output)
{
    private const string Library = "BouncyCastle";

    [LinuxFact]
    public async Task Up_LoadsTheLibraryForEd25519WithTheFirstSuchKey()
    {
        Assert.False(await LoadsAsync(SmallNetwork.Specification("small")));
        Assert.True(await LoadsAsync(Ed25519.In(SmallNetwork.Specification("small"))));
    }

    private async Task<bool> LoadsAsync(string specification)
    {
        using var folder = new TestFolder();
        await File.WriteAllTextAsync(folder.In("network.yaml"), specification);
        await using var up = BaasProcess.Start(folder.In("config.json"), "up", "--port", "0", "--data", folder.In("data"), "-f", folder.In("network.yaml"));
        await up.UntilAsync("serving until Ctrl-C");
        var status = await File.ReadAllLinesAsync($"/proc/{up.Id}/status");
        output.WriteLine(status.First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)));
        return (await File.ReadAllTextAsync($"/proc/{up.Id}/maps")).Contains(Library, StringComparison.Ordinal);
    }
}
