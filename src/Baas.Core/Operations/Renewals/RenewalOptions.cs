using System.ComponentModel.DataAnnotations;

namespace Baas.Core.Operations.Renewals;

/// <summary>When and how certificates are renewed. Read from the settings' section <c>renewals</c>.</summary>
public sealed record RenewalOptions
{
    /// <summary>Whether what is due is renewed of Baas's own accord. The default is yes; on request it always is.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Which part of its life a certificate has left when it is due, 0 to 0.9. The default is a third.</summary>
    [Range(0.0, 0.9)]
    public double LifeLeft { get; init; } = 1.0 / 3;

    /// <summary>How many days a certificate has left when it is due at the latest, 0 to 365. The default is 30; one that lives for less than twice as long is due at half of its life.</summary>
    [Range(0, 365)]
    public int DaysLeft { get; init; } = 30;

    /// <summary>How many networks renew at the same time of Baas's own accord, 1 to 1000. The default is 10.</summary>
    [Range(1, 1000)]
    public int AtOnce { get; init; } = 10;

    /// <summary>How long a node may take until it answers with its new certificate; then it is taken back. The default is 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan NodeLimit { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether a certificate has so little left that it should be renewed.</summary>
    public bool IsDue(DateTimeOffset notBefore, DateTimeOffset notAfter, DateTimeOffset now)
    {
        var life = notAfter - notBefore;
        var latest = TimeSpan.FromDays(DaysLeft) < life / 2 ? TimeSpan.FromDays(DaysLeft) : life / 2;
        var share = life * LifeLeft;
        return notAfter - now < (share > latest ? share : latest);
    }
}
