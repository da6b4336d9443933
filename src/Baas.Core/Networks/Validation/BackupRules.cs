using Baas.Core.Networks.Schedules;

namespace Baas.Core.Networks.Validation;

/// <summary>When a network is backed up.</summary>
internal static class BackupRules
{
    /// <summary>Checks that the schedule is one and comes at all.</summary>
    public static void Check(NetworkSpec spec, Findings findings) => findings.Require(
        spec.Backup?.Schedule is not { } schedule || CronSchedule.TryParse(schedule, out _),
        "$.backup.schedule",
        "schedule-invalid",
        Wrong(spec.Backup?.Schedule));

    /// <summary>What is wrong with a schedule that is none.</summary>
    public static string Wrong(string? schedule) => $"\"{schedule}\" is no schedule that ever comes: minute, hour, day of the month, month, day of the week, such as \"0 3 * * *\"";
}
