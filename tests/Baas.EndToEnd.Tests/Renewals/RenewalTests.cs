using System.Net;
using Baas.Core.Health;
using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Operations.Renewals;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Backups;
using Baas.EndToEnd.Tests.Fixture;
using Baas.EndToEnd.Tests.Upgrades;
using Baas.Functions.Http;
using Baas.Testing.Time;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Renewals;

/// <summary>Certificates of networks of emulated nodes are renewed.</summary>
public sealed class RenewalTests(ITestOutputHelper output) : SandboxTests
{
    [Fact]
    public async Task Renew_WhileAClientSubmits_LosesNothingAndEveryNodeShowsItsNewCertificate()
    {
        await using var service = await StartAsync();
        var network = await MadeAsync(service, "renewed");
        var certificates = new ShownCertificates(service, "renewed");
        var (before, keys) = (await certificates.AssertAreStoredAsync(), await certificates.KeysAsync());
        var listed = await service.Api.ListCertificatesAsync("renewed");
        using var stop = new CancellationTokenSource();
        var writing = network.WriteUntilAsync("meanwhile", stop.Token);

        var operation = await service.Api.RenewToEndAsync("renewed", "all=true");

        await stop.CancelAsync();
        output.WriteLine($"{await writing} transactions were tried meanwhile, {network.Written.Count} were committed");
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var after = await certificates.AssertAreStoredAsync();
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, one => Assert.NotEqual(one.Value, after[one.Key]));
        Assert.Equal(keys, await certificates.KeysAsync());
        var relisted = await service.Api.ListCertificatesAsync("renewed");
        Assert.Equal(listed.Where(one => one.OwnerKind == "authority").Select(one => one.SerialNumber), relisted.Where(one => one.OwnerKind == "authority").Select(one => one.SerialNumber));
        Assert.Empty(listed.Where(one => one.OwnerKind != "authority").Select(one => one.SerialNumber).Intersect(relisted.Select(one => one.SerialNumber)));
        Assert.Equal(["orderer", "orderer", "orderer", "peer", "peer", "peer", "cc", "cc"], Renewed(operation).Select(node => node.Split('-')[0]));
        await network.WriteAsync("after", 3);
        await network.AgreeAsync();
        await network.AssertAssetsAsync(network.Written);
        Assert.Equal(NetworkState.Ready, (await service.Api.FindAsync("renewed"))?.State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Renew_AllHaveExpired_BringsTheNetworkBack(bool isTlsAlone)
    {
        await using var service = await StartAsync();
        var network = await MadeAsync(service, "expired");
        var certificates = new ShownCertificates(service, "expired");
        await certificates.ExpireAsync(isTlsAlone);
        var sick = Assert.Single((await service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks);
        Assert.Contains(sick.AllFindings, finding => finding is { Code: FindingCodes.CertificateExpired, Subject: "orderer-1.orderer TLS" });
        Assert.NotEqual(HealthState.Healthy, sick.State);

        var operation = await service.Api.RenewToEndAsync("expired");

        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        await certificates.AssertAreStoredAsync();
        Assert.DoesNotContain(await service.Api.ListCertificatesAsync("expired"), one => one.IsDue);
        await network.WriteAsync("after", 3);
        await network.AgreeAsync();
        await network.AssertAssetsAsync(network.Written);
    }

    [Fact]
    public async Task Renew_ANodeDoesNotComeBack_IsTakenBackToldByHealthAndFinishedByARetry()
    {
        await using var service = await StartAsync(new RenewalOptions { NodeLimit = TimeSpan.FromSeconds(15) }); // a retry goes by it, too
        var network = await MadeAsync(service, "stuck", "3.1.4");
        var certificates = new ShownCertificates(service, "stuck");
        var before = await certificates.AssertAreStoredAsync();
        _image.IsPoisoned = true;
        using var accepted = await service.Api.TryRenewAsync("stuck", "all=true");
        var operation = await NetworkApi.AcceptedAsync(accepted);
        await Until.TrueAsync(async () => Steps(await service.Api.GetOperationAsync(operation.Id)).Any(step => step.Name == "RevertCertificates"), TimeSpan.FromMinutes(1));
        _image.IsPoisoned = false;

        operation = await service.Api.EndOfAsync(operation);

        Assert.Equal(OperationState.Failed, operation.State);
        Assert.Empty(operation.Failure!.Leftovers);
        Assert.Equal(before, await certificates.AssertAreStoredAsync());
        var sick = Assert.Single((await service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks);
        Assert.Contains(operation.Id.Value, Assert.Single(sick.AllFindings, finding => finding.Code == FindingCodes.RenewalFailed).Detail, StringComparison.Ordinal);
        await network.WriteAsync("after", 2);

        var retried = await service.Api.EndOfAsync(await service.Api.RetryAsync(operation));

        Assert.True(retried.State == OperationState.Succeeded, $"{retried.Failure}");
        Assert.Empty(before.Values.Intersect((await certificates.AssertAreStoredAsync()).Values));
        var well = Assert.Single((await service.Get<HealthSweep>().RunAsync(CancellationToken.None)).Networks);
        Assert.DoesNotContain(well.AllFindings, finding => finding.Code == FindingCodes.RenewalFailed);
        await network.AgreeAsync();
        await network.AssertAssetsAsync(network.Written);
    }

    [Fact]
    public async Task Renew_OfOneNode_RestartsThatOneAlone()
    {
        await using var service = await StartAsync();
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("one")).State);
        var certificates = new ShownCertificates(service, "one");
        var before = await certificates.AssertAreStoredAsync();

        var operation = await service.Api.RenewToEndAsync("one", "organization=org1&node=peer-1&all=true");

        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Failure}");
        var after = await certificates.AssertAreStoredAsync();
        Assert.Equal(["peer-1.org1"], after.Where(one => before[one.Key] != one.Value).Select(one => one.Key));
    }

    [Theory]
    [InlineData("", HttpStatusCode.Conflict, "renewal-not-needed")]
    [InlineData("node=peer-1&all=true", HttpStatusCode.BadRequest, "organization-missing")]
    [InlineData("organization=org1&node=peer-9&all=true", HttpStatusCode.NotFound, "node-not-found")]
    [InlineData("organization=org9&all=true", HttpStatusCode.NotFound, "organization-not-found")]
    [InlineData("organization=Not!A!Name", HttpStatusCode.BadRequest, "request-malformed")]
    [InlineData("all=perhaps", HttpStatusCode.BadRequest, "request-malformed")]
    public async Task Renew_ThatCannotBe_IsOneClearProblemAndTouchesNothing(string query, HttpStatusCode status, string code)
    {
        await using var service = await StartAsync();
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("refused")).State);

        using var answer = await service.Api.TryRenewAsync("refused", query);

        Assert.Equal((status, true), (answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains($"\"code\":\"{code}\"", StringComparison.Ordinal)));
        Assert.Null((await service.Api.FindAsync("refused"))?.ActiveOperation);
        Assert.Single(await service.Api.ListOperationsAsync());
    }

    [Fact]
    public async Task Renew_AsDryRun_ShowsThePlanAndTouchesNothing()
    {
        await using var service = await StartAsync();
        Assert.Equal(OperationState.Succeeded, (await service.Api.CreateToEndAsync("dry")).State);

        using var answer = await service.Api.TryRenewAsync("dry", "all=true&dryRun=true");

        var text = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"nodes\":[\"orderer-1.orderer\",\"peer-1.org1\",\"cc-asset-", text, StringComparison.Ordinal);
        Assert.Contains("\"users\":[\"admin.orderer\",\"client.orderer\",\"admin.org1\",\"client.org1\"]", text, StringComparison.Ordinal);
        Assert.Single(await service.Api.ListOperationsAsync());
    }

    private readonly PoisonedImage _image = new("3.1.4") { IsPoisoned = false };

    private protected override Task<SandboxHost> StartHostAsync() => SandboxHost.StartAsync(options => options with { Runtimes = [_image] });

    // No sweep of its own: tests look when they want to.
    private Task<ServiceRun> StartAsync(RenewalOptions? options = null) => Host.StartServiceAsync($"service{Guid.NewGuid():N}", services =>
        services.AddSingleton(options ?? new RenewalOptions { NodeLimit = TimeSpan.FromMinutes(2) }).AddSingleton(new HealthOptions { Enabled = false, SelfHealing = false }));

    private static async Task<DrillNetwork> MadeAsync(ServiceRun service, string name, string version = "3.1.5")
    {
        var made = await service.Api.CreateToEndAsync(name, DrillNetwork.Specification(name, version: version));
        Assert.True(made.State == OperationState.Succeeded, $"{made.Failure}");
        var network = new DrillNetwork(service, name);
        await network.WriteAsync("before", 3);
        return network;
    }

    private static IEnumerable<StepResource> Steps(OperationResource operation) => operation.Steps ?? [];

    private static IReadOnlyList<string> Renewed(OperationResource operation) => [.. Steps(operation).Where(step => step.Name == "RenewNode").Select(step => step.Subject)];
}
