using Baas.Core.Health.Observations;

namespace Baas.Core.Health.Judgement;

/// <summary>Judges how long certificates last. Pure.</summary>
internal static class CertificateJudge
{
    private const int Soon = 7;
    private const int Warning = 30;
    private const int AuthorityWarning = 60;

    /// <summary>One finding for each certificate that does not last.</summary>
    public static IEnumerable<Finding> Judge(IEnumerable<CertificateObservation> certificates, DateTimeOffset now)
    {
        foreach (var (subject, use, isAuthority, notAfter) in certificates)
        {
            var days = DaysLeft(notAfter, now);
            var code = CodeOf(days, now > notAfter, isAuthority);
            if (code is not null)
            {
                var kind = isAuthority ? $"{use} certificate authority" : $"{use} certificate";
                var detail = now > notAfter ? $"its {kind} has expired on {notAfter:yyyy-MM-dd}" : $"its {kind} expires in {days} days, on {notAfter:yyyy-MM-dd}";
                yield return new Finding(code, HealthState.Degraded, $"{subject} {use}", detail);
            }
        }
    }

    /// <summary>Whole days until a time; negative when it has passed.</summary>
    public static int DaysLeft(DateTimeOffset notAfter, DateTimeOffset now) => (int)Math.Floor((notAfter - now).TotalDays);

    private static string? CodeOf(int days, bool hasExpired, bool isAuthority) => days switch
    {
        _ when hasExpired => FindingCodes.CertificateExpired,
        < Soon => FindingCodes.CertificateExpiringSoon,
        < AuthorityWarning when isAuthority => FindingCodes.AuthorityExpiring,
        < Warning => FindingCodes.CertificateExpiring,
        _ => null,
    };
}
