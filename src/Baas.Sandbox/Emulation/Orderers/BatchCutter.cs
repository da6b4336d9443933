using Baas.Core.Fabric.Protos.Common;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Collects transactions and cuts a block when there are enough of them or the first one has waited long enough.</summary>
internal sealed class BatchCutter : IDisposable
{
    private readonly OrdererChannel _channel;
    private readonly OrdererNode _node;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private List<Envelope> _pending = [];
    private int _bytes;

    /// <summary>Makes an empty one.</summary>
    public BatchCutter(OrdererChannel channel, OrdererNode node)
    {
        _channel = channel;
        _node = node;
        _timer = node.Clock.CreateTimer(_ => _ = OnTimeoutAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Takes a transaction; completes when the blocks that it filled are written.</summary>
    public async Task AddAsync(Envelope envelope)
    {
        List<List<Envelope>> full;
        lock (_gate)
        {
            full = Enqueue(envelope);
            _timer.Change(_pending.Count > 0 ? _channel.Config.BatchTimeout : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        foreach (var batch in full)
        {
            await WriteAsync(batch);
        }
    }

    /// <summary>Writes what waits: a configuration gets a block of its own after it.</summary>
    public async Task FlushAsync()
    {
        List<Envelope> batch;
        lock (_gate)
        {
            batch = Take();
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        if (batch.Count > 0)
        {
            await WriteAsync(batch);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private async Task WriteAsync(IReadOnlyList<Envelope> batch)
    {
        try
        {
            await BlockMaker.MakeAsync(_channel, _node, batch);
        }
        catch (EmulationException)
        {
            _channel.Requests.Forget(batch);
            throw;
        }
    }

    private List<List<Envelope>> Enqueue(Envelope envelope)
    {
        var full = new List<List<Envelope>>();
        var size = envelope.Payload.Length + envelope.Signature.Length;
        var limits = _channel.Config.BatchSize;
        if (_pending.Count > 0 && _bytes + size > limits.PreferredMaxBytes)
        {
            full.Add(Take());
        }

        _pending.Add(envelope);
        _bytes += size;
        if (_pending.Count >= limits.MaxMessageCount || size > limits.PreferredMaxBytes)
        {
            full.Add(Take());
        }

        return full;
    }

    private List<Envelope> Take()
    {
        var batch = _pending;
        _pending = [];
        _bytes = 0;
        return batch;
    }

    private async Task OnTimeoutAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (Exception failure) when (failure is EmulationException or ObjectDisposedException)
        {
            _node.Log($"[channel: {_channel.Name}] the batch is lost: {failure.Message}");
        }
    }
}
