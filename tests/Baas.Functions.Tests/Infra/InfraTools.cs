using System.Text.Json;
using Baas.Testing;
using Baas.Testing.Programs;

namespace Baas.Functions.Tests.Infra;

/// <summary>The tools of <c>tests/infra-tools</c>, which <c>./test</c> installs where their registries are reached.</summary>
internal static class InfraTools
{
    private static readonly string Folder = Repository.In("tests", "infra-tools");

    /// <summary>Whether the parsers are installed.</summary>
    public static bool HasParsers { get; } = ProgramFinder.Find("node") is not null && Directory.Exists(Path.Combine(Folder, "node_modules"));

    /// <summary>The Bicep compiler; null where there is none.</summary>
    public static string? Bicep { get; } = ProgramFinder.Find("bicep") ?? RestoredBicep();

    /// <summary>Parses texts of one language.</summary>
    /// <param name="language">One that <c>check.mjs</c> knows.</param>
    /// <param name="texts">The texts.</param>
    public static async Task<IReadOnlyList<Parsed>> ParseAsync(string language, IEnumerable<string> texts)
    {
        var run = await ProgramRun.OfAsync("node", [Path.Combine(Folder, "check.mjs"), language], JsonSerializer.Serialize(texts));
        run.AssertSuccess();
        return JsonSerializer.Deserialize<IReadOnlyList<Parsed>>(run.Output, JsonSerializerOptions.Web)!; // it prints an array
    }

    private static string? RestoredBicep()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var package = Path.Combine(packages, "azure.bicep.commandline.linux-x64");
        return OperatingSystem.IsLinux() && Directory.Exists(package)
            ? Directory.EnumerateDirectories(package).Select(version => Path.Combine(version, "tools", "bicep")).Where(File.Exists).Order(StringComparer.Ordinal).LastOrDefault()
            : null;
    }

    /// <summary>What a parser has found.</summary>
    /// <param name="Errors">What is wrong.</param>
    /// <param name="Names">PromQL: the metrics; Dockerfiles: what is copied from the folder.</param>
    /// <param name="Labels">PromQL: the labels.</param>
    internal sealed record Parsed(IReadOnlyList<string> Errors, IReadOnlyList<string> Names, IReadOnlyList<string> Labels);
}
