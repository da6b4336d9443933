using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baas.Functions.Hosting.Telemetry;
using Baas.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Tests.Infra;

/// <summary>The parsers of <c>infra/helm/baas-logs</c> understand what Baas and Fabric's nodes write.</summary>
public sealed class LogParserTests
{
    private static readonly string Configuration = File.ReadAllText(Repository.In("infra/helm/baas-logs/templates/configuration.yaml"));

    [Fact]
    public void Baas_WritesTheJsonThatTheParserReads()
    {
        using var provider = new ServiceCollection().AddLogging(logging => logging.AddConsole(Settings("json"))).BuildServiceProvider();
        var line = JsonNode.Parse(Write(provider))!; // a line is an object

        Assert.Equal("json", Field("baas", "format"));
        var time = (string?)line[Field("baas", "time_key")];
        Assert.Equal("%Y-%m-%dT%H:%M:%S.%LZ", Field("baas", "time_format"));
        Assert.Matches(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$", time);
        Assert.Equal(("operation began", "Information", "Baas.Test"), ((string?)line["Message"], (string?)line["LogLevel"], (string?)line["Category"]));
    }

    [Fact]
    public void Baas_WritesForPeopleUnlessItIsTold()
    {
        using var provider = new ServiceCollection().AddLogging(logging => logging.AddConsole(Settings(null))).BuildServiceProvider();

        Assert.StartsWith("info: Baas.Test[0] operation began", Write(provider), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u001b[34m2030-05-01 10:20:30.405 UTC 0001 INFO\u001b[0m [orderer.common.server] \u001b[34;1mMain\u001b[0m -> Beginning to serve requests")] // 2.5 and 3.1, by default
    [InlineData("2030-05-01 10:20:30.405 UTC 0001 INFO [orderer.common.server] Main -> Beginning to serve requests")]
    [InlineData("2030-05-01 10:20:30.405 UTC [0001] INFO [orderer.common.server] Main -> Beginning to serve requests")]
    public void Fabric_LinesAreTakenApart(string line)
    {
        var match = new Regex(Field("fabric", "regex")).Match(line);

        Assert.True(match.Success);
        Assert.Equal(
            ("2030-05-01 10:20:30.405 UTC", "INFO", "orderer.common.server", "Main", "Beginning to serve requests"),
            (match.Groups["time"].Value, match.Groups["level"].Value, match.Groups["module"].Value, match.Groups["function"].Value, match.Groups["message"].Value));
    }

    [Fact]
    public void Fabric_OtherLinesAreLeftAsTheyAre() => Assert.DoesNotMatch(new Regex(Field("fabric", "regex")), "\tGeneral.ListenAddress = \"127.0.0.1\"");

    private static IConfiguration Settings(string? console) => new ConfigurationBuilder().AddInMemoryCollection([new("telemetry:console", console)]).Build();

    private static string Write(ServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<ConsoleLoggerOptions>>().CurrentValue;
        var formatter = provider.GetServices<ConsoleFormatter>().Single(one => one.Name == options.FormatterName);
        using var writer = new StringWriter();
        formatter.Write(new LogEntry<string>(LogLevel.Information, "Baas.Test", 0, "operation began", null, (state, _) => state), null, writer);
        return writer.ToString();
    }

    // A parser's field, as it stands in the template.
    private static string Field(string parser, string name)
    {
        var start = Configuration.IndexOf($"- name: {parser}\n", StringComparison.Ordinal);
        var value = new Regex($@"^\s+{name}: (.+)$", RegexOptions.Multiline).Match(Configuration, start).Groups[1].Value;
        return value.Trim('"', '\'');
    }
}
