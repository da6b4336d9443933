using System.Reflection;
using System.Text.RegularExpressions;
using Baas.Core.Health;
using Baas.Testing;
using YamlDotNet.RepresentationModel;

namespace Baas.Functions.Tests.Infra;

/// <summary>Whoever is woken finds an entry in <c>docs/operations.md</c>.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Runbook = File.ReadAllText(Repository.In("docs/operations.md"));
    private static readonly HashSet<string> Headings = [.. Heading().Matches(Runbook).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Codes => [.. typeof(FindingCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetValue(null)!)]; // constants

    [Theory]
    [MemberData(nameof(Codes))]
    public void Finding_HasAnEntryAndARowInHealth(string code)
    {
        Assert.Contains(code, Headings);
        Assert.Contains($"`{code}`", File.ReadAllText(Repository.In("docs/health.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void PrometheusRules_NameTheirEntry()
    {
        var rules =
            from @group in (YamlSequenceNode)Yaml.Parse("infra/observability/prometheus-rules.yaml").Documents[0].RootNode["spec"]["groups"]
            from rule in (YamlSequenceNode)@group["rules"]
            select (Alert: rule["alert"].ToString(), Annotations: (YamlMappingNode)rule["annotations"]);

        Assert.All(rules, rule =>
        {
            Assert.Contains(rule.Alert, Headings);
            Assert.True(!rule.Annotations.Children.TryGetValue("runbook", out var runbook) || runbook.ToString() == $"docs/operations.md#{rule.Alert.ToLowerInvariant()}", $"{rule.Alert} names another entry");
        });
    }

    [Fact]
    public void AzureAlerts_AreNamed() => Assert.All(
        AlertName().Matches(File.ReadAllText(Repository.In("infra/azure/modules/alerts.bicep"))),
        match => Assert.Contains($"`{match.Groups[1].Value}`", Runbook, StringComparison.Ordinal));

    [Fact]
    public void Metrics_AreAllListedWithTheirUnits() => Assert.All(
        Instruments.All, instrument => Assert.Contains($"| `{instrument.Name}` | {(instrument.Unit is { Length: > 0 } unit ? $"{unit} " : "")}|", Runbook, StringComparison.Ordinal));

    [ParserFact]
    public async Task Labels_ThatAreAskedForAreTags()
    {
        var tags = Tag().Matches(Runbook[Runbook.IndexOf("## Metrics", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value).Append("le").ToHashSet(StringComparer.Ordinal);
        var parsed = await InfraTools.ParseAsync("promql", ObservabilityTests.PromQueries());

        Assert.All(parsed.SelectMany(query => query.Labels).Distinct(), label => Assert.Contains(label, tags));
    }

    [GeneratedRegex(@"^### (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s+name: '([a-z-]+)'$", RegexOptions.Multiline)]
    private static partial Regex AlertName();

    [GeneratedRegex(@"`([a-z]+)`")]
    private static partial Regex Tag();
}
