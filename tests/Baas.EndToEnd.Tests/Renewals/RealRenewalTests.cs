using System.Diagnostics;
using Baas.Core.Networks;
using Baas.Core.Pki;
using Baas.Core.Records;
using Baas.Core.Storage.Identities;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Processes;
using Baas.Sandbox;
using Baas.Testing;
using Baas.Testing.Fabric;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Renewals;

/// <summary>Certificates of networks of Fabric's own nodes are renewed. One at a time: each takes the machine.</summary>
[Collection(nameof(ProcessNodesTests))]
public sealed class RealRenewalTests(ITestOutputHelper output)
{
    private const string Name = "real";

    [RealNodesFact("3.1.5")]
    public Task Renew_Raft_LosesNothing() => RenewAsync(DrillNetwork.Specification(Name));

    [RealNodesFact("2.5.16")]
    public Task Renew_RaftOfTheFormerLine_LosesNothing() => RenewAsync(DrillNetwork.Specification(Name, version: "2.5.16"));

    [RealNodesFact("3.1.5")]
    public Task Renew_RaftWithEd25519_LosesNothing() => RenewAsync(Ed25519.In(DrillNetwork.Specification(Name)));

    [RealNodesFact("3.1.5")]
    public Task Renew_Bft_LosesNothing() => RenewAsync(Bft("3.1.5"));

    [RealNodesFact("3.1.1")]
    public Task Renew_BftThatComparesWholeCertificates_KeepsSigningCertificatesOfOrderersAndLosesNothing() => RenewAsync(Bft("3.1.1"), isSigningKept: true);

    [RealNodesFact("3.1.5")]
    public Task Renew_RaftWhoseTlsHasExpired_BringsItBack() => RenewExpiredAsync(DrillNetwork.Specification(Name), isTlsAlone: true);

    [RealNodesFact("3.1.5")]
    public Task Renew_RaftWhoseSigningHasExpired_BringsItBack() => RenewExpiredAsync(DrillNetwork.Specification(Name), isTlsAlone: false);

    [RealNodesFact("3.1.5")]
    public Task Renew_BftWhoseTlsHasExpired_BringsItBack() => RenewExpiredAsync(Bft("3.1.5"), isTlsAlone: true);

    private static string Bft(string version) => DrillNetwork.Specification(Name, version: version).Replace("nodes: 3", "consensus: bft\n  nodes: 4", StringComparison.Ordinal);

    private async Task RenewAsync(string specification, bool isSigningKept = false)
    {
        using var folder = new TestFolder();
        await using var host = await StartAsync(folder);
        await using var service = await StartAsync(host);
        var network = await MadeAsync(service, specification);
        var certificates = new ShownCertificates(service, Name);
        var before = await certificates.AssertAreStoredAsync();
        var signing = await SigningOfOrderersAsync(service);
        await GiveOverdueListsAsync(service, network.Reference);
        using var stop = new CancellationTokenSource();
        var writing = network.WriteUntilAsync("meanwhile", stop.Token);
        var took = Stopwatch.StartNew();

        var operation = await service.Api.RenewToEndAsync(Name, "all=true", minutes: 8);

        took.Stop();
        await stop.CancelAsync();
        var tried = await writing;
        output.WriteLine($"renewed in {took.Elapsed.TotalSeconds:0} s: {tried} transactions tried, {network.Written.Count - 3} committed, longest pause {network.LongestPause.TotalSeconds:0.0} s");
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var after = await certificates.AssertAreStoredAsync();
        Assert.All(before, one => Assert.NotEqual(one.Value, after[one.Key]));
        Assert.Equal(isSigningKept ? signing.Count : 0, signing.Intersect(await SigningOfOrderersAsync(service)).Count());

        await WriteAtOnceAsync(network);
        await network.AgreeAsync();
        await network.AssertAssetsAsync(network.Written);
    }

    private async Task RenewExpiredAsync(string specification, bool isTlsAlone)
    {
        using var folder = new TestFolder();
        await using var host = await StartAsync(folder);
        await using var service = await StartAsync(host);
        var network = await MadeAsync(service, specification);
        var certificates = new ShownCertificates(service, Name);
        await certificates.ExpireAsync(isTlsAlone);
        var refused = await Assert.ThrowsAnyAsync<Core.BaasException>(() => network.WriteAsync("meanwhile", 1));
        output.WriteLine($"expired: {refused.Code}: {refused.Message}");
        var took = Stopwatch.StartNew();

        var operation = await service.Api.RenewToEndAsync(Name, minutes: 8);

        output.WriteLine($"renewed in {took.Elapsed.TotalSeconds:0} s");
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        await certificates.AssertAreStoredAsync();

        await WriteAtOnceAsync(network);
        await network.AgreeAsync();
        await network.AssertAssetsAsync(network.Written);
    }

    // Nobody waits for orderers to miss one another: that would take 20 seconds at least.
    private async Task WriteAtOnceAsync(DrillNetwork network)
    {
        var took = Stopwatch.StartNew();
        await network.WriteAsync("after", 2);
        output.WriteLine($"two transactions were committed within {took.Elapsed.TotalSeconds:0.0} s");
        Assert.InRange(took.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static Task<SandboxHost> StartAsync(TestFolder folder)
    {
        var images = AssetChaincode.WriteTo(folder.Path);
        return SandboxHost.StartAsync(options => options with
        {
            Nodes = SandboxNodes.Process,
            FabricHome = Environment.GetEnvironmentVariable(FabricBinaries.HomeVariable),
            ImageFiles = [images],
        });
    }

    // Nobody heals what a test has broken.
    private static Task<ServiceRun> StartAsync(SandboxHost host) => host.StartServiceAsync("service", services => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(services, new Core.Health.HealthOptions { Enabled = false, SelfHealing = false }));

    private static async Task<DrillNetwork> MadeAsync(ServiceRun service, string specification)
    {
        var made = await service.Api.CreateToEndAsync(Name, specification);
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, Name);
        await network.WriteAsync("before", 3);
        return network;
    }

    private static async Task<IReadOnlyList<string>> SigningOfOrderersAsync(ServiceRun service) =>
        [.. (await service.Api.ListCertificatesAsync(Name)).Where(one => one.Use == "signing" && one.Owner.StartsWith("orderer-", StringComparison.Ordinal)).Select(one => one.SerialNumber)];

    /// <summary>Puts revocation lists whose next ones are overdue into the MSPs that nodes get with their new certificates: they do no harm.</summary>
    private static async Task GiveOverdueListsAsync(ServiceRun service, NetworkReference network)
    {
        var identities = service.Get<IdentityStore>();
        foreach (var organization in new[] { "orderer", "org1", "org2" }.Select(name => OrganizationName.Parse(name)))
        {
            var keys = await identities.ReadAuthorityAsync(network, organization, CancellationToken.None);
            using var authority = CertificateAuthority.Open(keys.Signing.CertificatePem, keys.Signing.PrivateKeyPem);
            var list = CertificateRevocations.Add(authority, null, [], DateTimeOffset.UtcNow.AddDays(-2), TimeSpan.FromDays(1));
            var trust = await identities.ReadTrustAsync(network, organization, CancellationToken.None);
            await identities.PutTrustAsync(network, organization, trust with { RevocationLists = [list] }, CancellationToken.None);
        }
    }
}
