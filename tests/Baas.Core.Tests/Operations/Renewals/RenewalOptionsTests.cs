using Baas.Core.Operations.Renewals;

namespace Baas.Core.Tests.Operations.Renewals;

public sealed class RenewalOptionsTests
{
    private static readonly DateTimeOffset Begin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(365, 122, false)] // a third of a year is left
    [InlineData(365, 121, true)]
    [InlineData(60, 30.1, false)] // 30 days count before a third of 60
    [InlineData(60, 29.9, true)]
    [InlineData(30, 15.1, false)] // not from its first day on
    [InlineData(30, 14.9, true)]
    [InlineData(1, 0.51, false)]
    [InlineData(1, 0.49, true)]
    [InlineData(365, -10, true)]
    public void IsDue_Default_AThirdOrThirtyDaysOfALongLife(double life, double left, bool isDue) =>
        Assert.Equal(isDue, new RenewalOptions().IsDue(Begin, Begin.AddDays(life), Begin.AddDays(life - left)));

    [Theory]
    [InlineData(0, 0, 0.1, false)]
    [InlineData(0, 7, 6.9, true)]
    [InlineData(0.5, 0, 182, true)]
    [InlineData(0.5, 0, 183, false)]
    public void IsDue_OtherThresholds_AreTaken(double lifeLeft, int daysLeft, double left, bool isDue) =>
        Assert.Equal(isDue, new RenewalOptions { LifeLeft = lifeLeft, DaysLeft = daysLeft }.IsDue(Begin, Begin.AddDays(365), Begin.AddDays(365 - left)));
}
