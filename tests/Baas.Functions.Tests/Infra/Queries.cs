using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baas.Testing;
using YamlDotNet.RepresentationModel;

namespace Baas.Functions.Tests.Infra;

/// <summary>The queries that stand in rules, dashboards and alerts.</summary>
internal static partial class Queries
{
    /// <summary>Of rules of the Prometheus operator.</summary>
    public static IEnumerable<string> OfRules(string path) =>
        from document in Yaml.Parse(path).Documents
        from @group in (YamlSequenceNode)document.RootNode["spec"]["groups"]
        from rule in (YamlSequenceNode)@group["rules"]
        select rule["expr"].ToString();

    /// <summary>Of a dashboard of Grafana, with its variables filled in.</summary>
    public static IEnumerable<string> OfDashboard(string path) =>
        from panel in JsonNode.Parse(File.ReadAllText(Repository.In(path)))!["panels"]!.AsArray()
        from target in panel!["targets"]?.AsArray() ?? []
        select ((string)target!["expr"]!).Replace("$__rate_interval", "5m", StringComparison.Ordinal);

    /// <summary>Of the alerts and the workbook of Azure, in Kusto's language.</summary>
    public static IEnumerable<string> OfInsights() => OfAlerts().Concat(OfWorkbook());

    private static IEnumerable<string> OfWorkbook() =>
        from item in JsonNode.Parse(File.ReadAllText(Repository.In("infra/azure/workbook.json")))!["items"]!.AsArray() // a workbook has items
        where (int)item!["type"]! == 3
        select (string)item["content"]!["query"]!;

    private static IEnumerable<string> OfAlerts() =>
        AlertQuery().Matches(File.ReadAllText(Repository.In("infra/azure/modules/alerts.bicep"))).Select(match => match.Groups[1].Value.Replace("\\'", "'", StringComparison.Ordinal));

    [GeneratedRegex(@"^\s+query: '((?:[^'\\]|\\.)*)'$", RegexOptions.Multiline)]
    private static partial Regex AlertQuery();
}
