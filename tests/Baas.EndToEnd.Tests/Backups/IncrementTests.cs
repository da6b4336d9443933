using System.Globalization;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Functions.Http;
using Xunit.Abstractions;

namespace Baas.EndToEnd.Tests.Backups;

/// <summary>The second backup of a ledger that has grown by a hundredth sends at most a twentieth of what the first one sent.</summary>
public sealed class IncrementTests(ITestOutputHelper output) : SandboxTests
{
    private const string Name = "increment";

    [Fact]
    public async Task Backup_OneHundredthOfTheBlocksIsNew_SendsAtMostATwentieth()
    {
        await using var service = await Host.StartServiceAsync("service");
        Succeeded(await service.Api.CreateToEndAsync(Name, DrillNetwork.Specification(Name)));
        await AssertSmallAsync(output, service, new DrillNetwork(service, Name), Name);
    }

    /// <summary>Takes a backup of a ledger of a hundred blocks, and one when there is one more.</summary>
    internal static async Task AssertSmallAsync(ITestOutputHelper output, ServiceRun service, DrillNetwork network, string name)
    {
        await network.FillAsync(100);
        var first = await BackedUpAsync(service, name);
        var before = (await network.HeightsAsync()).Values.Max(height => height.Height);
        await network.FillAsync(1);
        var after = (await network.HeightsAsync()).Values.Max(height => height.Height);
        var second = await BackedUpAsync(service, name);

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"blocks {before} then {after}; the backups hold {first.Bytes:N0} and {second.Bytes:N0} bytes; {first.StoredBytes:N0} and {second.StoredBytes:N0} were sent: {100.0 * second.StoredBytes / first.StoredBytes:0.00} %"));
        Assert.InRange(second.StoredBytes, 1, first.StoredBytes / 20);
    }

    private static async Task<Functions.Http.Backups.BackupResource> BackedUpAsync(ServiceRun service, string name)
    {
        var operation = Succeeded(await service.Api.BackUpToEndAsync(name));
        return (await service.Api.FindBackupAsync(name, BackupId.Of(operation.Id)))!; // it was taken
    }

    private static OperationResource Succeeded(OperationResource operation)
    {
        Assert.True(operation.State == OperationState.Succeeded, $"{operation.Kind}: {operation.Failure}");
        return operation;
    }
}
