using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Ledger;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>One channel on one orderer: its own ledger, and the configuration in force.</summary>
internal sealed class OrdererChannel : IDisposable
{
    private readonly OrdererNode _node;
    private readonly Lock _append = new();
    private readonly Block? _joinBlock;
    private ByteString? _genesis;

    /// <summary>Opens the channel.</summary>
    /// <param name="node">The orderer.</param>
    /// <param name="name">The channel's name.</param>
    /// <param name="store">Its blocks.</param>
    /// <param name="joinBlock">The block that the orderer was told to join with; null when the ledger has gone past it.</param>
    public OrdererChannel(OrdererNode node, string name, BlockStore store, Block? joinBlock)
    {
        _node = node;
        _joinBlock = joinBlock;
        Name = name;
        Store = store;
        (Config, ConfigNumber) = NewestConfig(name, store, joinBlock);
        Batches = new BatchCutter(this, node);
    }

    /// <summary>The channel's name.</summary>
    public string Name { get; }

    /// <summary>The blocks.</summary>
    public BlockStore Store { get; }

    /// <summary>The configuration in force; while onboarding that of the join block.</summary>
    public ChannelConfig Config { get; private set; }

    /// <summary>The block that brought the configuration.</summary>
    public ulong ConfigNumber { get; private set; }

    /// <summary>Collects what this orderer will put into blocks while it leads.</summary>
    public BatchCutter Batches { get; }

    /// <summary>What orderers of BFT have handed to this one while it leads.</summary>
    public RequestPool Requests { get; } = new();

    /// <summary>Whether blocks up to the join block are still missing.</summary>
    public bool IsOnboarding => _joinBlock is not null && Store.Height <= _joinBlock.Header.Number;

    /// <summary>Whether the configuration names this orderer as a consenter.</summary>
    public bool IsConsenter => _node.IsConsenter(Config);

    /// <summary>What the channel is on this orderer, in the words of the participation API.</summary>
    public string Status => IsOnboarding ? "onboarding" : "active";

    /// <summary>What this orderer is in the channel, in the words of the participation API.</summary>
    public string Relation => IsConsenter ? "consenter" : "follower";

    /// <summary>Who signs this orderer's blocks.</summary>
    public Trust.LocalMsp Signer => _node.Msp;

    /// <summary>The number under which BFT knows this orderer.</summary>
    public uint ConsenterNumber => _node.NumberIn(Config) ?? 0;

    /// <summary>The hash of the first block; null as long as there is none.</summary>
    public ByteString? Genesis => _genesis ??= Store.Height == 0 ? null : Blocks.Hash(Store.Read(0).Header);

    /// <summary>The channel on the consenters that can be reached and order, this orderer included.</summary>
    public IReadOnlyList<OrdererChannel> Members() =>
    [
        .. Config.Consenters
            .Select(consenter => _node.Cluster.Reach(consenter, _node.Resolve)?.Find(Name))
            .OfType<OrdererChannel>()
            .Where(member => !member.IsOnboarding && member.IsConsenter && member.Genesis == Genesis)
            .Distinct(),
    ];

    /// <summary>Fetches what others have and this orderer has not.</summary>
    public void CatchUp()
    {
        foreach (var source in Config.Consenters.Select(consenter => _node.Cluster.Reach(consenter, _node.Resolve)?.Find(Name)).OfType<OrdererChannel>().Where(source => source != this))
        {
            try
            {
                for (var height = Store.Height; source.Store.Height > height; height++)
                {
                    Adopt(source.Store.Read(height).Clone(), mustBeSigned: true);
                }
            }
            catch (Exception failure) when (failure is EmulationException or ObjectDisposedException)
            {
                _node.Log($"[channel: {Name}] cannot replicate: {failure.Message}");
            }
        }
    }

    /// <summary>Appends a block if it is the next one.</summary>
    /// <param name="block">The block; from here on it belongs to the ledger.</param>
    /// <param name="mustBeSigned">Whether its signatures are checked: those of a block made here need not be.</param>
    /// <exception cref="EmulationException">The block is not valid.</exception>
    public void Adopt(Block block, bool mustBeSigned)
    {
        lock (_append)
        {
            if (block.Header.Number < Store.Height)
            {
                return;
            }

            if (_joinBlock is not null && block.Header.Number == _joinBlock.Header.Number && Blocks.Hash(block.Header) != Blocks.Hash(_joinBlock.Header))
            {
                throw new EmulationException($"cannot append block \"{block.Header.Number}\": it is not the join block");
            }

            if (mustBeSigned && block.Header.Number > 0 && !IsOnboarding)
            {
                BlockSignatures.Demand(block, Config);
            }

            // Whoever sees a config block has to find its configuration in force.
            Store.Append(block, () => Configure(block));
            if (Config.IsBft)
            {
                Requests.Order(block.Data.Data.Select(Envelope.Parser.ParseFrom));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Batches.Dispose();
        Store.Dispose();
    }

    private void Configure(Block block)
    {
        var isNews = _joinBlock is null || block.Header.Number >= _joinBlock.Header.Number;
        if (isNews && Blocks.ConfigIn(block) is var (_, config))
        {
            Config = new ChannelConfig(Name, config.Config);
            ConfigNumber = block.Header.Number;
        }
    }

    private static (ChannelConfig Config, ulong Number) NewestConfig(string name, BlockStore store, Block? joinBlock)
    {
        if (joinBlock is not null && store.Height <= joinBlock.Header.Number)
        {
            return (Read(name, joinBlock), joinBlock.Header.Number);
        }

        var last = store.Last ?? throw new EmulationException($"cannot open channel \"{name}\": its ledger is empty");
        var number = Blocks.ConfigIn(last) is null ? Blocks.LastConfigOf(last) : last.Header.Number;
        return (Read(name, store.Read(number)), number);
    }

    private static ChannelConfig Read(string name, Block block) =>
        Blocks.ConfigIn(block) is var (_, config) ? new ChannelConfig(name, config.Config) : throw new EmulationException($"cannot open channel \"{name}\": block {block.Header.Number} is not a config block");
}
