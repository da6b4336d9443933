using System.CommandLine;
using System.Net.Http.Json;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Cli.Settings;

namespace Baas.Cli.Commands;

/// <summary><c>baas backup schedule</c>.</summary>
internal static class BackupScheduling
{
    public static Command Create()
    {
        var network = BackupCommand.Network();
        var schedule = new Argument<string?>("schedule") { Description = "When, in UTC and as in cron; shows what is set when left out", Arity = ArgumentArity.ZeroOrOne };
        var count = new Option<int?>("--keep") { Description = "How many of the newest are kept; 7 when left out", HelpName = "COUNT" };
        var days = new Option<int?>("--days") { Description = "How many days each is kept at least; 0 when left out", HelpName = "DAYS" };
        var off = new Option<bool>("--off") { Description = "Back up on request only" };
        var command = new Command("schedule", "Shows or sets when a network is backed up. It holds from the next sweep on.") { network, schedule, count, days, off };
        command.WithExamples("""
            baas backup schedule two-orgs
            baas backup schedule two-orgs "0 3 * * *" --keep 7 --days 30
            baas backup schedule two-orgs --off
            """);
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var path = $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(network))}/backups/schedule";
            var wanted = line.GetValue(schedule);
            var isKept = line.GetValue(count) is not null || line.GetValue(days) is not null;
            if (line.GetValue(off) ? wanted is not null || isKept : wanted is null && isKept)
            {
                throw new CliException(ExitCode.BadInput, "cannot set the schedule: give either a schedule, with --keep and --days, or --off");
            }

            Printer.Of(line).Print(
                wanted is null && !line.GetValue(off)
                    ? await api.GetAsync<BackupSchedule>(path, cancellationToken)
                    : await api.ChangeAsync<BackupSchedule>(HttpMethod.Put, path, BodyOf(wanted, line.GetValue(count), line.GetValue(days)), cancellationToken),
                BackupView.DrawSchedule);
            return ExitCode.Success;
        });
        return command;
    }

    private static JsonContent BodyOf(string? schedule, int? count, int? days) =>
        JsonContent.Create(schedule is null ? (object)new { } : new { schedule, keep = new { count = count ?? 7, days = days ?? 0 } });
}
