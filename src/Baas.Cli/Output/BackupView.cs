using System.Globalization;
using Baas.Cli.Api;
using Spectre.Console;

namespace Baas.Cli.Output;

/// <summary>Draws backups for people.</summary>
internal static class BackupView
{
    /// <summary>A list of backups, the newest first.</summary>
    public static void DrawList(IAnsiConsole console, IReadOnlyList<Backup> backups)
    {
        if (backups.Count == 0)
        {
            console.MarkupLine("[grey]no backups; take one: baas backup create NETWORK[/]");
            return;
        }

        var table = Printer.Table("ID", "STATE", "BEGUN", "HOLDS", "STORED", "CHECKED");
        foreach (var backup in backups.OrderByDescending(backup => backup.CreatedAt))
        {
            table.AddRow(Markup.Escape(backup.Id), State(backup.State), Time(backup.CreatedAt), Size(backup.Bytes), Size(backup.StoredBytes), Time(backup.VerifiedAt));
        }

        console.Write(table);
    }

    /// <summary>One backup with its volumes.</summary>
    public static void Draw(IAnsiConsole console, Backup backup)
    {
        console.MarkupLine($"[bold]{Markup.Escape(backup.Id)}[/] {State(backup.State)} [grey]begun {Time(backup.CreatedAt)}, holds {Size(backup.Bytes)}, {Size(backup.StoredBytes)} were new[/]");
        foreach (var copy in backup.Copies)
        {
            console.MarkupLineInterpolated($"[grey]copied to {copy.Name} {Time(copy.CopiedAt)}[/]");
        }

        foreach (var fault in backup.Faults)
        {
            console.MarkupLineInterpolated($"[red]{fault}[/]");
        }

        foreach (var healed in backup.Healed)
        {
            console.MarkupLineInterpolated($"[yellow]put back from the copy: {healed}[/]");
        }

        var table = Printer.Table("NODE", "ROLE", "HOLDS", "STORED", "LEDGERS");
        foreach (var volume in backup.Volumes ?? [])
        {
            var ledgers = string.Join(", ", volume.Ledgers.Select(ledger => $"{ledger.Channel} {ledger.Height}"));
            table.AddRow(Markup.Escape(volume.Node), Markup.Escape(volume.Role), Size(volume.Bytes), Size(volume.StoredBytes), Markup.Escape(ledgers));
        }

        console.Write(table);
    }

    /// <summary>When a network is backed up.</summary>
    public static void DrawSchedule(IAnsiConsole console, BackupSchedule schedule)
    {
        var keep = schedule.Keep is { } kept ? $"the newest {kept.Count} are kept{(kept.Days > 0 ? $", and those of the last {kept.Days} days" : "")}" : "all are kept until they are deleted";
        var when = schedule.Schedule is { } cron ? $"{cron} UTC, next {Time(schedule.Next)}" : "on request only";
        console.MarkupLineInterpolated($"{when}; {keep}");
    }

    private static string State(string state) => state switch
    {
        "complete" => "[green]complete[/]",
        "failed" or "damaged" => $"[red]{state}[/]",
        _ => $"[blue]{Markup.Escape(state)}[/]",
    };

    private static string Time(DateTimeOffset? time) => time?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";

    private static string Size(long bytes) => bytes switch
    {
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB"),
        < 1024L * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024 / 1024:0.0} GiB"),
    };
}
