using System.Collections.Concurrent;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Gateway.Errors;
using Baas.Core.Networks;
using Baas.Core.Steps;
using Baas.EndToEnd.Tests.Fixture;

namespace Baas.EndToEnd.Tests.Upgrades;

/// <summary>
/// Applications that submit all the time through the gateway client, which knows every peer. Each makes one asset after the other, and holds on to one transaction until
/// its end is known: so each asset is asked for once, whatever nodes are away.
/// </summary>
internal sealed class GatewayWriters(ServiceRun service, NetworkReference network)
{
    private const int Writers = 3;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly List<(DateTimeOffset Since, TimeSpan Length)> _pauses = [];
    private readonly Lock _lock = new();
    private DateTimeOffset _last = DateTimeOffset.UtcNow;
    private int _failures;

    /// <summary>What was acknowledged as committed, with its values.</summary>
    public IReadOnlyDictionary<string, string> Written => _written;

    /// <summary>How many calls failed and were made again.</summary>
    public int Failures => _failures;

    /// <summary>The times without a commit, the longest first.</summary>
    public IReadOnlyList<(DateTimeOffset Since, TimeSpan Length)> Pauses => [.. _pauses.OrderByDescending(pause => pause.Length)];

    /// <summary>Submits until it is told to stop; what is under way then is brought to its end.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var peers = (await service.Get<Core.Storage.ArtifactStore>().ListEndpointsAsync(network, CancellationToken.None)).Where(node => node.Role == NodeRole.Peer).OrderBy(node => node.Node.ToString(), StringComparer.Ordinal).ToList();
        using var gateway = await service.Get<FabricAccess>().GatewayAsync(network, peers, new GatewayDeadlines(), TimeProvider.System, CancellationToken.None);
        var asset = gateway.Client.Channel("main").Chaincode("asset");
        _last = DateTimeOffset.UtcNow;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(asset, writer, stop), CancellationToken.None)));
    }

    private async Task WriteAsync(GatewayChaincode asset, int writer, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var (key, value) = ($"writer{writer}-{number}", $"{number}");
            await CommitAsync(asset, key, value);
            _written[key] = value;
            Acknowledged();
        }
    }

    private async Task CommitAsync(GatewayChaincode asset, string key, string value)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        GatewayTransaction? transaction = null;
        while (true)
        {
            try
            {
                transaction ??= await asset.Propose(ChaincodeRequest.Of("Create", key, "writer", value)).EndorseAsync(deadline.Token);
                await transaction.SubmitToEndAsync(deadline.Token);
                return;
            }
            catch (CommitException)
            {
                transaction = null; // in the ledger without effect
            }
            catch (GatewayException failure) when (MayPass(failure))
            {
                Interlocked.Increment(ref _failures);
                await Task.Delay(Pace, deadline.Token);
            }
        }
    }

    // Also when nobody of an organization is there to endorse; what the chaincode refuses it would refuse again.
    private static bool MayPass(GatewayException failure) => failure.IsTransient || failure is EndorseException && failure.Refusal is null;

    private void Acknowledged()
    {
        lock (_lock)
        {
            var now = DateTimeOffset.UtcNow;
            _pauses.Add((_last, now - _last));
            _last = now;
        }
    }
}
