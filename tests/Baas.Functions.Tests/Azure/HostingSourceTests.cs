using System.Text.Json;
using Baas.Core.Operations.Queues;
using Baas.Functions.Hosting.Cloud;
using Baas.Testing;

namespace Baas.Functions.Tests.Azure;

/// <summary>The Azure host is not compiled in the default build, so some of what it promises is read from its source.</summary>
public sealed class HostingSourceTests
{
    private const int MaxLines = 600;
    private const string Folder = "src/Baas.Functions/Hosting/Azure";

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

    [Fact]
    public void Sample_HasEachSettingThatTheHostReads()
    {
        using var sample = JsonDocument.Parse(File.ReadAllText(Repository.In("src/Baas.Functions/local.settings.sample.json")));
        var shown = sample.RootElement.GetProperty("Values").EnumerateObject().Select(setting => setting.Name).Where(name => name.StartsWith("azure__", StringComparison.Ordinal));

        var read = typeof(AzureOptions).GetProperties().Where(property => property.CanWrite).Select(property => $"azure__{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}");

        Assert.Equal(read.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }
}
