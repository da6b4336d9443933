using Baas.Core.Fabric.Protos.Common;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>The transactions that orderers of BFT have taken: one that several of them got is ordered once, and nobody takes one twice.</summary>
internal sealed class RequestPool
{
    // As many as SmartBFT remembers.
    private const int Remembered = 1000;

    private readonly Lock _gate = new();
    private readonly Dictionary<ByteString, HashSet<OrdererChannel>> _waiting = [];
    private readonly HashSet<ByteString> _ordered = [];
    private readonly Queue<ByteString> _oldest = [];

    /// <summary>How many wait to be ordered.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes a transaction.</summary>
    /// <param name="envelope">The transaction.</param>
    /// <param name="taker">The orderer that got it.</param>
    /// <returns>Whether it is to be ordered, and why the orderer refuses it; neither when another one got it before.</returns>
    public (bool IsNew, string? Refusal) Take(Envelope envelope, OrdererChannel taker)
    {
        var id = IdOf(envelope);
        lock (_gate)
        {
            if (_ordered.Contains(id))
            {
                return (false, "failed to submit request: request already processed");
            }

            if (_waiting.TryGetValue(id, out var takers))
            {
                return (false, takers.Add(taker) ? null : "failed to submit request: request already exists");
            }

            _waiting[id] = [taker];
            return (true, null);
        }
    }

    /// <summary>Says that a block has them.</summary>
    public void Order(IEnumerable<Envelope> envelopes)
    {
        lock (_gate)
        {
            foreach (var id in envelopes.Select(IdOf))
            {
                _waiting.Remove(id);
                if (_ordered.Add(id))
                {
                    _oldest.Enqueue(id);
                }
            }

            while (_oldest.Count > Remembered)
            {
                _ordered.Remove(_oldest.Dequeue());
            }
        }
    }

    /// <summary>Says that they are lost: they may come again.</summary>
    public void Forget(IEnumerable<Envelope> envelopes)
    {
        lock (_gate)
        {
            foreach (var id in envelopes.Select(IdOf))
            {
                _waiting.Remove(id);
            }
        }
    }

    // Who sent it, and a nonce: what its transaction id is made of.
    private static ByteString IdOf(Envelope envelope) => Payload.Parser.ParseFrom(envelope.Payload).Header.SignatureHeader;
}
