using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baas.Testing;
using Baas.Testing.Programs;
using YamlDotNet.RepresentationModel;

namespace Baas.Functions.Tests.Infra;

/// <summary>Rules and dashboards read what the service emits, and are written in the languages of those who run them.</summary>
public sealed partial class ObservabilityTests
{
    private const string Rules = "infra/observability/prometheus-rules.yaml";
    private const string Dashboard = "infra/observability/grafana-dashboard.json";

    [Fact]
    public void Prometheus_ReadsMetricsThatThereAre()
    {
        var exported = Instruments.All.SelectMany(Instruments.PrometheusNames).ToHashSet(StringComparer.Ordinal);
        var read = PromQueries().SelectMany(query => MetricName().Matches(query)).Select(match => match.Value).Distinct().ToList();

        Assert.True(read.Count >= 3);
        Assert.All(read, metric => Assert.Contains(metric, exported));
    }

    [Fact]
    public void Insights_ReadsMetricsThatThereAre()
    {
        var emitted = Instruments.All.Select(instrument => instrument.Name).ToHashSet(StringComparer.Ordinal);
        var read = Queries.OfInsights().SelectMany(query => InstrumentName().Matches(query)).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(read.Count >= 3);
        Assert.All(read, metric => Assert.Contains(metric, emitted));
    }

    [ParserFact]
    public async Task PromQl_Parses()
    {
        var queries = PromQueries().ToList();
        var parsed = await InfraTools.ParseAsync("promql", [.. queries, "sum(("]);

        Assert.NotEmpty(parsed[^1].Errors); // the parser does find faults
        Assert.All(parsed.SkipLast(1).Zip(queries), one => Assert.True(one.First.Errors.Count == 0, $"{one.Second}: {string.Join("; ", one.First.Errors)}"));
    }

    [ParserFact]
    public async Task Kusto_FitsTheTablesOfInsights()
    {
        var queries = Queries.OfInsights().ToList();
        var parsed = await InfraTools.ParseAsync("kusto", [.. queries, "customMetrics | where nam == 3"]);

        Assert.NotEmpty(parsed[^1].Errors);
        Assert.All(parsed.SkipLast(1).Zip(queries), one => Assert.True(one.First.Errors.Count == 0, $"{one.Second}: {string.Join("; ", one.First.Errors)}"));
    }

    [ProgramFact("promtool")]
    public async Task Promtool_TakesTheRules()
    {
        using var folder = new TestFolder();
        var groups = (YamlNode)Yaml.Parse(Rules).Documents[0].RootNode["spec"];
        using (var file = File.CreateText(folder.In("rules.yaml")))
        {
            new YamlStream(new YamlDocument(groups)).Save(file, assignAnchors: false);
        }

        (await ProgramRun.OfAsync("promtool", ["check", "rules", folder.In("rules.yaml")])).AssertSuccess();
    }

    [Fact]
    public void Dashboard_HasAQueryInEveryPanelAndOneIdEach()
    {
        var panels = JsonNode.Parse(File.ReadAllText(Repository.In(Dashboard)))!["panels"]!.AsArray(); // parsed by the tests beside
        var ids = panels.Select(panel => (int)panel!["id"]!).ToList();

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(panels, panel => Assert.True((string?)panel!["type"] == "row" || panel["targets"] is JsonArray { Count: > 0 }, panel!.ToJsonString()));
    }

    internal static IEnumerable<string> PromQueries() => Queries.OfRules(Rules).Concat(Queries.OfDashboard(Dashboard));

    [GeneratedRegex(@"\bbaas_[a-z_]+")]
    private static partial Regex MetricName();

    [GeneratedRegex("\"(baas\\.[a-z_.]+)\"")]
    private static partial Regex InstrumentName();
}
