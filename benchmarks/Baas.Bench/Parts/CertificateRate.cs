using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Pki;

namespace Baas.Bench.Parts;

/// <summary>How many keys with certificates one core makes a second: key, TLS certificate with two hosts, and both as PEM.</summary>
internal static class CertificateRate
{
    /// <summary>Measures for a while, on the calling thread.</summary>
    /// <returns>Certificates a second of processor time, which is what a busy machine can tell, and a second of the clock.</returns>
    public static (double OfProcessor, double OfClock) Measure(TimeSpan duration)
    {
        var issuer = new CertificateIssuer(TimeProvider.System);
        using var authority = issuer.MakeRoot(new AuthorityRequest("tlsca.org1", "org1.net1.acme", KeyAlgorithm.P256, TimeSpan.FromDays(3650)));
        var request = new LeafRequest
        {
            Profile = CertificateProfile.TlsNode,
            CommonName = "peer-1.org1",
            Organization = "org1.net1.acme",
            Validity = TimeSpan.FromDays(365),
            Hosts = ["peer-1.acme-net1-org1.svc", "127.0.4.17"],
        };
        for (var warm = 0; warm < 500; warm++)
        {
            issuer.Issue(authority, request);
        }

        var count = 0;
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        for (; watch.Elapsed < duration; count++)
        {
            issuer.Issue(authority, request);
        }

        return (count / (Environment.CpuUsage.TotalTime - before).TotalSeconds, count / watch.Elapsed.TotalSeconds);
    }
}
