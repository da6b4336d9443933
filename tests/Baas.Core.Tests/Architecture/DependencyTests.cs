namespace Baas.Core.Tests.Architecture;

/// <summary>The path of a request is the order of the folders: each may use only what stands to its right.</summary>
public sealed class DependencyTests
{
    private const string Engine = "Baas.Core.Workflows.Engine";
    private const string Protos = "Baas.Core.Fabric.Protos";

    /// <summary>Area by area, what it may use beside itself. The longest prefix of a namespace decides.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Baas.Core"] = [],
        ["Baas.Core.Telemetry"] = [],
        ["Baas.Core.Networks"] = [],
        ["Baas.Core.Keys"] = ["Baas.Core.Networks"],
        ["Baas.Core.Pki"] = ["Baas.Core.Networks", "Baas.Core.Keys"],
        ["Baas.Core.Kubernetes"] = ["Baas.Core.Networks"],
        ["Baas.Core.Fabric"] = ["Baas.Core.Networks", "Baas.Core.Keys"],
        ["Baas.Core.Archives"] = [],
        ["Baas.Core.Storage"] = ["Baas.Core.Networks", "Baas.Core.Archives"],
        [Engine] = [],
        ["Baas.Core.Records"] = ["Baas.Core.Networks", "Baas.Core.Storage", Engine],
        ["Baas.Core.Health"] = ["Baas.Core.Networks"],
        ["Baas.Core.Steps"] = ["Baas.Core.Networks", "Baas.Core.Health", "Baas.Core.Pki", "Baas.Core.Kubernetes", "Baas.Core.Fabric", "Baas.Core.Storage", "Baas.Core.Archives", "Baas.Core.Records", Engine],
        ["Baas.Core.Workflows"] = ["Baas.Core.Networks", "Baas.Core.Health", "Baas.Core.Steps", "Baas.Core.Archives", Engine], // of Archives only what an agent is told to do
        ["Baas.Core.Operations"] = ["Baas.Core.Networks", "Baas.Core.Health", "Baas.Core.Workflows", "Baas.Core.Records", "Baas.Core.Storage", "Baas.Core.Archives", "Baas.Core.Pki", Engine], // of Pki only what is pure: MSP folders, certificates that customers bring; of Archives a limit
        ["Baas.Core.Operations.Transactions"] = ["Baas.Core.Operations", "Baas.Core.Networks", "Baas.Core.Records", "Baas.Core.Storage", "Baas.Core.Fabric"], // the ledger answers these requests, no workflow
        ["Baas.Core.Operations.Logs"] = ["Baas.Core.Operations", "Baas.Core.Networks", "Baas.Core.Records", "Baas.Core.Storage", "Baas.Core.Kubernetes"], // what nodes print is read from the cluster, no workflow
        ["Baas.Functions"] = ["Baas.Core.Operations", "Baas.Core.Health", "Baas.Core.Networks", "Baas.Core.Records", Engine],
        ["Baas.Functions.Hosting"] = ["Baas.Core", "Baas.Functions"], // it registers all the rest
        ["Baas.Sandbox"] = [Protos],
        ["Baas.Cli"] = ["Baas.Functions.Hosting"], // what hosting has refused, for its exit code
        ["Baas.Cli.Agents"] = ["Baas.Cli", "Baas.Core.Archives", "Baas.Sandbox"], // the agent runs in pods, and knows neither API nor store
        ["Baas.Cli.Commands"] = ["Baas.Cli", "Baas.Functions.Hosting", "Baas.Sandbox", "Baas.Core.Kubernetes", "Baas.Core.Networks"], // `up` and `serve` host the others
    };

    public static TheoryData<string> Areas => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Areas))]
    public void Area_UsesOnlyWhatItMay(string area)
    {
        string[] allowed = [area, "Baas.Core.Telemetry", "Baas.Core.BaasException", .. MayUse[area]];

        var wrong =
            from file in SourceFile.Product
            where AreaOf(file.Namespace) == area
            from mention in file.Mentions
            where mention != "Baas.Core" && !allowed.Any(prefix => IsWithin(mention, prefix))
            select $"{file.Path} uses {mention}";

        SourceFile.AssertNone(wrong);
    }

    [Fact]
    public void EveryNamespace_HasAnArea() =>
        SourceFile.AssertNone(SourceFile.Product.Where(file => file.Namespace.Length > 0 && AreaOf(file.Namespace) is null).Select(file => file.Path));

    [Fact]
    public void Areas_AreAllThere() =>
        SourceFile.AssertNone(MayUse.Keys.Except(["Baas.Core.Telemetry"]).Where(area => !SourceFile.Product.Any(file => AreaOf(file.Namespace) == area)));

    [Fact]
    public void Steps_DoNotUseOtherStepsFolders()
    {
        var wrong =
            from file in SourceFile.Product
            where IsWithin(file.Namespace, "Baas.Core.Steps.Backups") || IsWithin(file.Namespace, "Baas.Core.Steps.Certificates") || IsWithin(file.Namespace, "Baas.Core.Steps.Chaincodes")
                || IsWithin(file.Namespace, "Baas.Core.Steps.Channels") || IsWithin(file.Namespace, "Baas.Core.Steps.Cluster") || IsWithin(file.Namespace, "Baas.Core.Steps.Records")
                || IsWithin(file.Namespace, "Baas.Core.Steps.Health")
            from mention in file.Mentions
            where IsWithin(mention, "Baas.Core.Steps") && !IsWithin(mention, file.Namespace)
            select $"{file.Path} uses {mention}";

        SourceFile.AssertNone(wrong);
    }

    [Theory]
    [InlineData("Microsoft.Azure.Functions")]
    [InlineData("Microsoft.DurableTask")]
    [InlineData("Azure.Monitor")]
    public void CloudHost_IsMentionedByItsFolderOnly(string package) => SourceFile.AssertNone(
        SourceFile.Product.Where(file => !file.Path.StartsWith("src/Baas.Functions/Hosting/Azure/", StringComparison.Ordinal) && file.Text.Contains(package, StringComparison.Ordinal))
            .Select(file => file.Path));

    [Theory]
    [InlineData("Azure.Storage", "src/Baas.Core/Storage/", "src/Baas.Functions/Hosting/Cloud/")]
    [InlineData("Org.BouncyCastle", "src/Baas.Core/Keys/", "src/Baas.Sandbox/Emulation/Trust/")]
    [InlineData("Microsoft.Data.Sqlite", "src/Baas.Core/Workflows/Engine/Journal/")]
    [InlineData("Google.Protobuf", "src/Baas.Core/Fabric/", "src/Baas.Sandbox/Emulation/", "src/Baas.Core/Steps/")]
    [InlineData("YamlDotNet", "src/Baas.Core/Networks/", "src/Baas.Core/Kubernetes/", "src/Baas.Core/Operations/Exports/", "src/Baas.Cli/", "src/Baas.Functions/", "src/Baas.Sandbox/")]
    public void Package_IsUsedInItsFoldersOnly(string package, params string[] folders) => SourceFile.AssertNone(
        SourceFile.Product
            .Where(file => file.Text.Contains($"using {package}", StringComparison.Ordinal) && !folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)))
            .Select(file => file.Path));

    private static string? AreaOf(string name) => MayUse.Keys.Where(area => IsWithin(name, area)).MaxBy(area => area.Length);

    private static bool IsWithin(string name, string prefix) => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal);
}
