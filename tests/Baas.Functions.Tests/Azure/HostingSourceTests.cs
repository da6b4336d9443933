using System.Text.Json;
using System.Text.RegularExpressions;
using Baas.Core.Health;
using Baas.Core.Kubernetes;
using Baas.Core.Networks.Validation;
using Baas.Core.Operations.Queues;
using Baas.Core.Operations.Renewals;
using Baas.Core.Operations.Upgrades;
using Baas.Core.Storage.Backups;
using Baas.Functions.Hosting.Cloud;
using Baas.Functions.Http.Access;
using Baas.Testing;
using Microsoft.Extensions.Configuration;

namespace Baas.Functions.Tests.Azure;

/// <summary>The Azure host is not compiled in the default build, so some of what it promises is read from its source.</summary>
public sealed class HostingSourceTests
{
    private const int MaxLines = 600;
    private const string Folder = "src/Baas.Functions/Hosting/Azure";

    // A developer's machine has no Entra, and its nodes are reached from outside of the cluster.
    private static readonly string[] Chosen = [nameof(AzureOptions.ClustersTrustEntra), nameof(ClusterOptions.DefaultExposure)];

    private static readonly string[] OwnTypes = ["Microsoft.Azure.Functions", "Microsoft.DurableTask", "Azure.Monitor", "TaskOrchestrationContext", "DurableTaskClient"];

    [Fact]
    public void Host_IsThin()
    {
        var lines = Directory.EnumerateFiles(Repository.In(Folder), "*.cs").Sum(file => File.ReadLines(file).Count());

        Assert.InRange(lines, 100, MaxLines);
    }

    [Fact]
    public void Host_IsMentionedByNobodyElse()
    {
        var mentions =
            from file in Directory.EnumerateFiles(Repository.In("src"), "*.cs", SearchOption.AllDirectories)
            where !file.StartsWith(Repository.In(Folder), StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)
            let text = File.ReadAllText(file)
            where OwnTypes.Any(type => text.Contains(type, StringComparison.Ordinal)) || text.Contains("Baas.Functions.Hosting.Azure", StringComparison.Ordinal)
            select file;

        Assert.Empty(mentions);
    }

    [Fact]
    public void Workflows_AwaitInTurns()
    {
        // Continuations on other threads would let a history be replayed in another order.
        var wrong =
            from folder in new[] { Folder, "src/Baas.Core/Workflows/Engine/Durable" }
            from file in Directory.EnumerateFiles(Repository.In(folder), "Durable*.cs")
            from line in File.ReadLines(file)
            where line.Contains("ConfigureAwait(false)", StringComparison.Ordinal) || line.Contains("CancelAsync()", StringComparison.Ordinal)
                || (line.Contains("SuppressThrowing", StringComparison.Ordinal) && !line.Contains("ContinueOnCapturedContext", StringComparison.Ordinal))
            select $"{file}: {line}";

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("src/Baas.Functions/host.json")]
    [InlineData("src/Baas.Functions/local.settings.sample.json")]
    [InlineData("infra/observability/grafana-dashboard.json")]
    [InlineData("infra/azure/workbook.json")]
    public void Json_Parses(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.In(path)));

        Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
    }

    [Fact]
    public void HostJson_KeepsTheRoutesOfTheApi()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.In("src/Baas.Functions/host.json")));

        Assert.Equal("", document.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
    }

    [Fact]
    public void HostJson_HasTheVersionOfTheProgram()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.In("src/Baas.Functions/host.json")));
        var durable = document.RootElement.GetProperty("extensions").GetProperty("durableTask");

        // An older instance of the app leaves alone what a newer one begins.
        Assert.Equal(typeof(MessageHandler).Assembly.GetName().Version?.ToString(3), durable.GetProperty("defaultVersion").GetString());
        Assert.Equal(("CurrentOrOlder", "Reject"), (durable.GetProperty("versionMatchStrategy").GetString(), durable.GetProperty("versionFailureStrategy").GetString()));
    }

    [Fact]
    public void HostJson_GivesMessagesUpLaterThanTheService()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.In("src/Baas.Functions/host.json")));

        // The service has the reason; the host is for messages that end the process.
        Assert.True(document.RootElement.GetProperty("extensions").GetProperty("queues").GetProperty("maxDequeueCount").GetInt32() > MessageHandler.MaxDeliveries);
    }

    [Theory]
    [InlineData(typeof(AzureOptions), "azure")]
    [InlineData(typeof(SpecLimits), "limits")]
    [InlineData(typeof(HealthOptions), "health")]
    [InlineData(typeof(BackupOptions), "backups")]
    [InlineData(typeof(UpgradeOptions), "upgrades")]
    [InlineData(typeof(RenewalOptions), "renewals")]
    [InlineData(typeof(OidcOptions), "oidc")]
    [InlineData(typeof(ClusterOptions), "clusters:0")]
    public void Sample_HasEachSettingWithADefault(Type options, string section)
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Repository.In("src/Baas.Functions/local.settings.sample.json")));
        var shown = sample.RootElement.GetProperty("Values").EnumerateObject().ToDictionary(setting => setting.Name.Replace("__", ":", StringComparison.Ordinal), setting => setting.Value.GetString(), StringComparer.OrdinalIgnoreCase);
        var defaults = Activator.CreateInstance(options)!;

        var bound = new ConfigurationBuilder().AddInMemoryCollection(shown).Build().GetSection(section).Get(options, binder => binder.ErrorOnUnknownConfiguration = true);

        Assert.NotNull(bound);
        foreach (var property in options.GetProperties().Where(property => property.CanWrite && property.GetValue(defaults) is not (null or System.Collections.IEnumerable and not string)))
        {
            Assert.Contains($"{section}:{property.Name}", shown.Keys, StringComparer.OrdinalIgnoreCase);
            if (!Chosen.Contains(property.Name))
            {
                Assert.Equal(property.GetValue(defaults), property.GetValue(bound));
            }
        }
    }

    [Fact]
    public void Template_SetsWhatTheSampleHas()
    {
        var sample = File.ReadAllText(Repository.In("src/Baas.Functions/local.settings.sample.json"));
        var set = Regex.Matches(File.ReadAllText(Repository.In("infra/azure/modules/functionApp.bicep")), "name: '((?:azure|clusters|oidc)__[^']+)'").Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(set);
        Assert.All(set, name => Assert.Contains($"\"{name}\"", sample, StringComparison.Ordinal));
    }

    [Fact]
    public void HostJson_HasAReasonForEachValue()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Repository.In("src/Baas.Functions/host.json")));
        var text = File.ReadAllText(Repository.In("docs/azure.md"));
        var from = text.IndexOf("\n## host.json", StringComparison.Ordinal);
        var reasons = text[from..text.IndexOf("\n## ", from + 1, StringComparison.Ordinal)];

        Assert.All(Leaves(document.RootElement).Except(["version", "type"]), name => Assert.Contains(name, reasons, StringComparison.Ordinal)); // there is one version, and one storage provider
    }

    private static IEnumerable<string> Leaves(JsonElement element) => element.EnumerateObject().SelectMany(property =>
        property.Name == "logLevel" ? [property.Name] : property.Value.ValueKind == JsonValueKind.Object ? Leaves(property.Value) : [property.Name]);
}
