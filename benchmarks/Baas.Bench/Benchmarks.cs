using Baas.Bench.Capacity;
using Baas.Bench.Gateway;
using Baas.Bench.Journal;
using Baas.Bench.Measuring;
using Baas.Bench.Networks;
using Baas.Bench.Parts;

namespace Baas.Bench;

/// <summary>All benchmarks, in the order in which they run.</summary>
internal static class Benchmarks
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("certificates", "keys with certificates a second", Certificates.MeasureAsync),
        new("genesis", "a genesis block", GenesisBlocks.MeasureAsync),
        new("journal", "what the workflow engine adds to a step; with --full up to 1,000,000 steps", StepCost.MeasureAsync),
        new("backup", "packing a volume, beside tar, zstd and openssl", PackedVolume.MeasureAsync),
        new("start", "the service's cold start", ColdStart.MeasureAsync),
        new("records", "a service with 1,000 networks on record", ManyRecords.MeasureAsync),
        new("up", "baas up --once, cold", ColdUp.MeasureAsync),
        new("warm", "two-orgs, request to ready, with its phases", WarmCreation.MeasureAsync),
        new("many", "100 networks, 16 at a time; with --full those of two organizations", ManyCreations.MeasureAsync),
        new("health", "a look at the health of 500 networks; with --full those with a chaincode", HealthSweeps.MeasureAsync),
        new("capacity", "what a network costs store and engine, and a plan from 10 to 100,000 networks", CapacityPlan.MeasureAsync),
    ];

    /// <summary>Those that need Fabric's own programs, in the order in which they run.</summary>
    public static IReadOnlyList<Benchmark> Real { get; } =
    [
        new("real", "two-orgs on Fabric's own programs, beside a script with Fabric's own tools; needs BAAS_FABRIC_BIN and npm ci in examples/chaincode/asset", RealCreation.MeasureAsync),
        new("gateway", "the gateway client beside Fabric's own for Node, 50 calls at a time; needs BAAS_FABRIC_BIN and npm", GatewayClients.MeasureAsync),
    ];
}
