using Baas.Core.Fabric.Protos.Common;
using Baas.Core.Fabric.Transport;
using Baas.Core.Networks;

namespace Baas.Core.Fabric.Ordering;

/// <summary>Hands envelopes to a channel's orderers. What comes twice is ordered twice by raft, and once by BFT, whose orderers know it by its transaction id.</summary>
/// <param name="orderers">The orderers in the order in which they are tried, at least one. The connections belong to the caller.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class Broadcaster(IReadOnlyList<NodeConnection> orderers, TimeProvider clock)
{
    private static readonly TimeSpan ForOne = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ForAll = TimeSpan.FromSeconds(30);

    // When a quorum has taken an envelope, the others have a moment more: the leader may be among them, and would hear of it by the others only after 2 seconds.
    private static readonly TimeSpan ForTheLast = TimeSpan.FromSeconds(1);

    /// <summary>Hands an envelope to the first orderer that takes it. Success says that it will be ordered, not that it is committed or valid.</summary>
    /// <param name="envelope">The signed envelope.</param>
    /// <param name="intent">What it is for people: a verb and its object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OrderingRefusedException">An orderer found the envelope wrong; the others would, too.</exception>
    /// <exception cref="OrderersUnavailableException">No orderer takes envelopes now; one of them may have taken this one nevertheless.</exception>
    public async Task SendAsync(Envelope envelope, string intent, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        List<BroadcastAnswer> answers = [];
        foreach (var orderer in orderers)
        {
            var left = ForAll - clock.GetElapsedTime(began);
            var answer = left > TimeSpan.Zero
                ? await BroadcastAnswer.AskAsync(orderer, envelope, left < ForOne ? left : ForOne, cancellationToken)
                : new BroadcastAnswer(orderer.Endpoint, Status.Unknown, "not asked: the others took too long");
            if (answer.IsTaken)
            {
                return;
            }

            if (answer.IsRefused)
            {
                throw answer.ToRefusal(intent);
            }

            // Not a member of the channel (yet), without a leader, failing or away: the others may be better off.
            answers.Add(answer);
        }

        throw new OrderersUnavailableException(intent, [.. answers.Select(answer => $"{answer}")]);
    }

    /// <summary>
    /// Hands an envelope to all orderers of BFT at once. It counts as taken when so many have it that an honest one is among them: a single one may lie, or
    /// lose it with its restart.
    /// </summary>
    /// <param name="envelope">The signed envelope of a transaction. An update of the configuration would be another envelope on each orderer.</param>
    /// <param name="size">How many consenters the channel has, with those that cannot be asked.</param>
    /// <param name="intent">What it is for people: a verb and its object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OrderingRefusedException">So many orderers found the envelope wrong that an honest one is among them.</exception>
    /// <exception cref="OrderersUnavailableException">Too few orderers have said that they take it; it may be ordered nevertheless.</exception>
    public async Task SendToAllAsync(Envelope envelope, int size, string intent, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var last = clock.CreateTimer(static source => ((CancellationTokenSource)source!).Cancel(), stop, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        List<BroadcastAnswer> answers = [];
        await foreach (var answer in Task.WhenEach(orderers.Select(orderer => BroadcastAnswer.AskAsync(orderer, envelope, ForOne, stop.Token))))
        {
            answers.Add(await answer);
            if (answers.Count(one => one.IsTaken) == BftSizes.Quorum(size))
            {
                last.Change(ForTheLast, Timeout.InfiniteTimeSpan);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        var enough = BftSizes.Faulty(size) + 1;
        if (answers.Count(answer => answer.IsTaken) >= enough)
        {
            return;
        }

        throw answers.Count(answer => answer.IsRefused) >= enough
            ? answers.First(answer => answer.IsRefused).ToRefusal(intent)
            : new OrderersUnavailableException(intent, [.. answers.Select(answer => $"{answer}")]);
    }
}
