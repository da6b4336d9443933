using System.Diagnostics.CodeAnalysis;

namespace Baas.Core.Networks.Schedules;

/// <summary>When something is due, in UTC: minute, hour, day of the month, month, day of the week, as in cron. Names, <c>?</c>, <c>L</c> and <c>@daily</c> are not known.</summary>
public sealed class CronSchedule
{
    // Four years and a leap day that is left out: what has not come by then never comes.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(366 * 9);

    private readonly CronField _minutes;
    private readonly CronField _hours;
    private readonly CronField _days;
    private readonly CronField _months;
    private readonly CronField _weekdays;

    private CronSchedule(CronField minutes, CronField hours, CronField days, CronField months, CronField weekdays) =>
        (_minutes, _hours, _days, _months, _weekdays) = (minutes, hours, days, months, weekdays);

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">Five fields with a space between them; null is none.</param>
    /// <param name="schedule">The schedule.</param>
    /// <returns>Whether it is one, and comes at all: <c>0 3 30 2 *</c> never does.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CronSchedule? schedule)
    {
        schedule = text?.Split(' ') is [var minute, var hour, var day, var month, var weekday]
            && CronField.Parse(minute, 0, 59) is { } minutes
            && CronField.Parse(hour, 0, 23) is { } hours
            && CronField.Parse(day, 1, 31) is { } days
            && CronField.Parse(month, 1, 12) is { } months
            && CronField.Parse(weekday, 0, 6) is { } weekdays
            ? new CronSchedule(minutes, hours, days, months, weekdays)
            : null;
        if (schedule?.Next(DateTimeOffset.UnixEpoch) is null)
        {
            schedule = null;
        }

        return schedule is not null;
    }

    /// <summary>The first time after another; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var utc = after.ToUniversalTime();
        var next = new DateTimeOffset(utc.Year, utc.Month, utc.Day, utc.Hour, utc.Minute, 0, TimeSpan.Zero).AddMinutes(1);
        while (next - after < Horizon)
        {
            if (!IsDay(next))
            {
                next = new DateTimeOffset(next.Year, next.Month, next.Day, 0, 0, 0, TimeSpan.Zero).AddDays(1);
            }
            else if (!_hours.Values.Contains(next.Hour))
            {
                next = new DateTimeOffset(next.Year, next.Month, next.Day, next.Hour, 0, 0, TimeSpan.Zero).AddHours(1);
            }
            else if (!_minutes.Values.Contains(next.Minute))
            {
                next = next.AddMinutes(1);
            }
            else
            {
                return next;
            }
        }

        return null;
    }

    // As in cron: where both kinds of day are given, either is enough.
    private bool IsDay(DateTimeOffset time)
    {
        var (isDay, isWeekday) = (_days.Values.Contains(time.Day), _weekdays.Values.Contains((int)time.DayOfWeek));
        var matches = _days.IsAny || _weekdays.IsAny ? isDay && isWeekday : isDay || isWeekday;
        return matches && _months.Values.Contains(time.Month);
    }
}
