using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;
using Baas.Core.Fabric.Channels;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Google.Protobuf;

namespace Baas.Bench.Parts;

/// <summary>The genesis block of a channel of two organizations and three orderers, as bytes.</summary>
internal static class GenesisBlocks
{
    private const int Runs = 2000;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        var channel = Channel();
        List<double> milliseconds = [];
        for (var run = -Runs; run < Runs; run++)
        {
            var watch = Stopwatch.GetTimestamp();
            GenesisBlock.Create(channel, TimeProvider.System).ToByteArray();
            if (run >= 0)
            {
                milliseconds.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
            }
        }

        yield return new Measurement
        {
            Name = "genesis block",
            Value = Statistics.Median(milliseconds),
            Unit = "ms",
            Goal = new Goal(2),
            Note = string.Create(CultureInfo.InvariantCulture, $"median of {Runs}; 99 % within {Statistics.Quantile(milliseconds, 0.99):0.000}"),
        };
    }

    private static ChannelDefinition Channel()
    {
        var issuer = new CertificateIssuer(TimeProvider.System);
        return new ChannelDefinition
        {
            Name = ChannelName.Parse("main"),
            Capabilities = new("V3_0", "V2_0", "V2_5"),
            Consensus = Consensus.Raft,
            Batch = new BatchSpec(),
            Ordering = Organization(issuer, "OrdererMSP"),
            Consenters = [Consenter(issuer, 1), Consenter(issuer, 2), Consenter(issuer, 3)],
            Members = [Organization(issuer, "Org1MSP", 7051), Organization(issuer, "Org2MSP", 7052)],
        };
    }

    private static ChannelOrganization Organization(CertificateIssuer issuer, string mspId, params int[] anchors) => new()
    {
        MspId = MspId.Parse(mspId),
        Roots = [Root(issuer, $"ca.{mspId}")],
        TlsRoots = [Root(issuer, $"tlsca.{mspId}")],
        AnchorPeers = [.. anchors.Select(port => new ChannelAddress("127.0.0.1", port))],
    };

    private static ChannelConsenter Consenter(CertificateIssuer issuer, int number)
    {
        var certificate = Root(issuer, $"orderer-{number}");
        return new ChannelConsenter(new ChannelAddress("127.0.0.1", 7050 + number), MspId.Parse("OrdererMSP"), certificate, certificate);
    }

    private static string Root(CertificateIssuer issuer, string name)
    {
        using var authority = issuer.MakeRoot(new AuthorityRequest(name, "bench", KeyAlgorithm.P256, TimeSpan.FromDays(365)));
        return authority.ChainPem;
    }
}
