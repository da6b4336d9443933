using System.Globalization;
using Baas.Core.Networks.Schedules;

namespace Baas.Core.Tests.Networks.Schedules;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 3 * * *", "2026-11-25 02:59", "2026-11-25 03:00")]
    [InlineData("0 3 * * *", "2026-11-25 03:00", "2026-11-26 03:00")]
    [InlineData("*/15 * * * *", "2026-11-25 10:16", "2026-11-25 10:30")]
    [InlineData("5/20 * * * *", "2026-11-25 10:06", "2026-11-25 10:25")]
    [InlineData("30 22 * * 1-5", "2026-11-27 22:30", "2026-11-30 22:30")]
    [InlineData("0 0 1 1 *", "2026-11-25 00:00", "2027-01-01 00:00")]
    [InlineData("0 12 29 2 *", "2026-11-25 00:00", "2028-02-29 12:00")]
    [InlineData("0 0 13 * 5", "2026-11-10 00:00", "2026-11-13 00:00")]
    [InlineData("0 0 13 * 5", "2026-11-13 00:00", "2026-11-20 00:00")]
    [InlineData("0,30 1,13 * 1-12/2 *", "2026-12-31 23:00", "2027-01-01 01:00")]
    public void Next_GivesTheFirstTimeAfter(string text, string after, string expected)
    {
        Assert.True(CronSchedule.TryParse(text, out var schedule));
        Assert.Equal(Time(expected), schedule.Next(Time(after)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("* * * *")]
    [InlineData("* * * * * *")]
    [InlineData("60 * * * *")]
    [InlineData("* 24 * * *")]
    [InlineData("* * 0 * *")]
    [InlineData("* * * 13 *")]
    [InlineData("* * * * 7")]
    [InlineData("5-1 * * * *")]
    [InlineData("*/0 * * * *")]
    [InlineData("1,, * * * *")]
    [InlineData("@daily")]
    [InlineData("a b c d e")]
    [InlineData("0 3 30 2 *")]
    public void TryParse_WhatIsNoScheduleOrNeverComes_IsRefused(string? text) => Assert.False(CronSchedule.TryParse(text, out _));

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
