using System.Globalization;
using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Draws the health of networks.</summary>
internal static class HealthView
{
    /// <summary>All networks of a tenant, one a line.</summary>
    public static void DrawList(IAnsiConsole console, IReadOnlyList<NetworkHealth> networks)
    {
        var table = Printer.Table("NETWORK", "HEALTH", "FOR", "ALERTS", "CERTIFICATES", "BACKUP", "WHY");
        foreach (var network in networks)
        {
            table.AddRow(
                Markup.Escape(network.Network),
                State(network.State),
                Age(network.Since),
                network.FiringAlerts == 0 ? "[grey]0[/]" : $"[red]{network.FiringAlerts}[/]",
                Days(network.CertificateDays),
                Backup(network),
                Markup.Escape(network.Findings.FirstOrDefault(finding => finding.State != "healthy") is { } why ? $"{why.Code}: {why.Subject}" : ""));
        }

        console.Write(table);
    }

    /// <summary>One network: its nodes, its channels, and what is wrong.</summary>
    public static void Draw(IAnsiConsole console, NetworkHealth health)
    {
        var held = health.Operation is null ? "" : $", held by operation {health.Operation}";
        console.MarkupLine($"[bold]{Markup.Escape(health.Network)}[/] is {State(health.State)} for {Age(health.Since)} [grey](looked at {Age(health.CheckedAt)} ago{Markup.Escape(held)}; last backup: {Backup(health)})[/]");
        console.WriteLine();
        console.Write(Nodes(health));
        if (health.Channels.Count > 0)
        {
            console.WriteLine();
            console.Write(Channels(health));
        }

        foreach (var finding in health.Findings.OrderBy(finding => Rank(finding.State)))
        {
            console.MarkupLine($"{Mark(finding.State)} [bold]{Markup.Escape(finding.Code)}[/] {Markup.Escape(finding.Subject)}: {Markup.Escape(finding.Detail)}");
        }
    }

    /// <summary>What has changed, the oldest first.</summary>
    public static void DrawEvents(IAnsiConsole console, IReadOnlyList<HealthEvent> events)
    {
        foreach (var happened in events.Reverse())
        {
            console.MarkupLine($"[grey]{happened.At.ToLocalTime():yyyy-MM-dd HH:mm:ss}[/]  {happened.Kind,-8} {Markup.Escape(happened.Subject)}: {Markup.Escape(happened.Message)}");
        }
    }

    /// <summary>Alerts that fire.</summary>
    public static void DrawAlerts(IAnsiConsole console, IReadOnlyList<Alert> alerts)
    {
        if (alerts.Count == 0)
        {
            console.MarkupLine("[green]no alert fires[/]");
            return;
        }

        var table = Printer.Table("SEVERITY", "NETWORK", "ALERT", "SUBJECT", "FOR", "DETAIL");
        foreach (var alert in alerts)
        {
            var severity = alert.Severity == "critical" ? "[red]critical[/]" : $"[yellow]{Markup.Escape(alert.Severity)}[/]";
            table.AddRow(severity, Markup.Escape(alert.Network), Markup.Escape(alert.Rule), Markup.Escape(alert.Subject), Age(alert.Since), Markup.Escape(alert.Detail));
        }

        console.Write(table);
    }

    private static Table Nodes(NetworkHealth health)
    {
        var table = Printer.Table("NODE", "ROLE", "HEALTH", "FOR", "POD", "RESTARTS", "HEIGHT", "VOLUME", "CERTIFICATES");
        foreach (var node in health.Nodes)
        {
            table.AddRow(
                Markup.Escape($"{node.Node}.{node.Organization}"),
                Markup.Escape(Words.Of(node.Role)),
                State(node.State),
                Age(node.Since),
                node.IsReady switch { true => "ready", false => "[red]not ready[/]", null => "[grey]?[/]" },
                node.Restarts?.ToString(CultureInfo.InvariantCulture) ?? "[grey]?[/]",
                string.Join(", ", node.Channels.Select(Height)),
                node.VolumePercent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} %") : "[grey]?[/]",
                Days(node.CertificateDays));
        }

        return table;
    }

    private static Table Channels(NetworkHealth health)
    {
        var table = Printer.Table("CHANNEL", "HEALTH", "HEIGHT", "LEADER", "ORDERERS");
        foreach (var channel in health.Channels)
        {
            table.AddRow(
                Markup.Escape(channel.Channel),
                State(channel.State),
                channel.Height?.ToString(CultureInfo.InvariantCulture) ?? "[grey]?[/]",
                Markup.Escape(channel.Leader ?? "?"),
                string.Create(CultureInfo.InvariantCulture, $"{channel.ActiveOrderers} of {channel.Orderers}, {channel.Quorum} needed"));
        }

        return table;
    }

    private static string Height(NetworkHealth.NodeChannel channel)
    {
        var leads = channel.IsLeader == true ? " leads" : "";
        var behind = channel.Behind > 0 ? string.Create(CultureInfo.InvariantCulture, $" [yellow](-{channel.Behind})[/]") : "";
        return $"{Markup.Escape(channel.Channel)} {channel.Height?.ToString(CultureInfo.InvariantCulture) ?? "?"}{behind}[grey]{leads}[/]";
    }

    private static string State(string state) => state switch
    {
        "healthy" => "[green]healthy[/]",
        "degraded" => "[yellow]degraded[/]",
        "down" => "[red]down[/]",
        _ => $"[grey]{Markup.Escape(state)}[/]",
    };

    private static string Mark(string state) => state switch
    {
        "healthy" => "[grey]·[/]",
        "down" => "[red]✗[/]",
        "degraded" => "[yellow]![/]",
        _ => "[grey]?[/]",
    };

    private static int Rank(string state) => state switch
    {
        "down" => 0,
        "degraded" => 1,
        "unknown" => 2,
        _ => 3,
    };

    private static string Days(int? days) => days switch
    {
        null => "[grey]?[/]",
        < 0 => "[red]expired[/]",
        < 7 => string.Create(CultureInfo.InvariantCulture, $"[red]{days} d[/]"),
        < 30 => string.Create(CultureInfo.InvariantCulture, $"[yellow]{days} d[/]"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{days} d"),
    };

    private static string Backup(NetworkHealth health) => health.LastBackup is { } last ? $"{Age(last)} ago" : "never";

    private static string Age(DateTimeOffset since)
    {
        var age = DateTimeOffset.UtcNow - since;
        return age switch
        {
            { TotalSeconds: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
            { TotalMinutes: < 90 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalMinutes:0} min"),
            { TotalHours: < 36 } => string.Create(CultureInfo.InvariantCulture, $"{age.TotalHours:0} h"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{age.TotalDays:0} d"),
        };
    }
}
