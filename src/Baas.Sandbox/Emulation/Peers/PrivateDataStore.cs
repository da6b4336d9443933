using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Ledger.Rwset;
using Baas.Sandbox.Emulation.Ledger;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Private writes of one channel by transaction. What was endorsed lies here before anybody can commit it.</summary>
internal sealed class PrivateDataStore(string folder)
{
    /// <summary>Keeps the private writes of a transaction.</summary>
    public void Put(string transaction, TxPvtReadWriteSet set)
    {
        Directory.CreateDirectory(folder);
        DurableFile.Write(PathOf(transaction), set);
    }

    /// <summary>The private writes of a transaction, or null.</summary>
    public TxPvtReadWriteSet? Get(string transaction)
    {
        var path = PathOf(transaction);
        return File.Exists(path) ? TxPvtReadWriteSet.Parser.ParseFrom(File.ReadAllBytes(path)) : null;
    }

    // A transaction id is whatever the client says until it is checked, so it does not become a file name.
    private string PathOf(string transaction) => Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(transaction))));
}
