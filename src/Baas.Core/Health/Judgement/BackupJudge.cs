namespace Baas.Core.Health.Judgement;

/// <summary>Judges the age of the last good backup. Pure.</summary>
internal static class BackupJudge
{
    /// <summary>A finding when a backup is overdue, older than twice its schedule, and one when a backup was not copied in time.</summary>
    public static IEnumerable<Finding> Judge(string network, BackupFacts? facts, DateTimeOffset now)
    {
        if (facts is { Every: { } every } && (facts.LastGood ?? facts.ScheduledSince) is { } since && now - since > 2 * every)
        {
            var detail = facts.LastGood is { } last
                ? $"the last good backup is of {last:yyyy-MM-dd HH:mm} UTC, one is due every {every}"
                : $"there is no good backup yet, one is due every {every}";
            yield return new Finding(FindingCodes.BackupOverdue, HealthState.Degraded, network, detail);
        }

        if (facts?.NotCopied is { } finished)
        {
            yield return new Finding(FindingCodes.BackupCopyBehind, HealthState.Degraded, network, $"the backup of {finished:yyyy-MM-dd HH:mm} UTC was not copied to the second store yet");
        }
    }
}
