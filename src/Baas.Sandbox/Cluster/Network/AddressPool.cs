using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>
/// Gives addresses out. The same name gets the same address as long as no other has it, so an object that is made again
/// is found where it was. Not safe for several threads: its owner locks.
/// </summary>
/// <param name="range">Where the addresses come from.</param>
/// <param name="seed">Differs between the clusters of a machine, so that they do not give out the same addresses.</param>
internal sealed class AddressPool(AddressRange range, string seed)
{
    private readonly Dictionary<IPAddress, HashSet<string>> _holders = [];
    private readonly Dictionary<string, IPAddress> _addresses = [];

    /// <summary>The address that the holder has, or null.</summary>
    public IPAddress? Of(string holder) => _addresses.GetValueOrDefault(holder);

    /// <summary>Those who have an address together.</summary>
    public IReadOnlyCollection<string> HoldersOf(IPAddress address) => _holders.TryGetValue(address, out var holders) ? holders : [];

    /// <summary>Whether an address is of the range and nobody has it.</summary>
    public bool IsFree(IPAddress address) => range.Contains(address) && !_holders.ContainsKey(address);

    /// <summary>Makes the holder one of those who have the address. A holder has one address at most.</summary>
    public void Hold(IPAddress address, string holder)
    {
        Release(holder);
        _addresses[holder] = address;
        if (!_holders.TryGetValue(address, out var holders))
        {
            _holders[address] = holders = [];
        }

        holders.Add(holder);
    }

    /// <summary>Gives a free address to the holder, near the one that the name is hashed to.</summary>
    /// <exception cref="SandboxException">Every address is taken.</exception>
    public IPAddress Take(string name, string holder)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{name}"));
        var start = BinaryPrimitives.ReadUInt32BigEndian(digest) % range.Size;
        for (uint step = 0; step < range.Size; step++)
        {
            var address = range.At(start + step);
            if (!_holders.ContainsKey(address) && IsOrdinary(address))
            {
                Hold(address, holder);
                return address;
            }
        }

        throw new SandboxException("addresses-exhausted", $"cannot find an address for \"{name}\": all {range.Size} of the range are taken");
    }

    /// <summary>Takes the holder's address away; it is free when nobody else has it. Releasing nothing is no error.</summary>
    public void Release(string holder)
    {
        if (_addresses.Remove(holder, out var address) && _holders.TryGetValue(address, out var holders))
        {
            holders.Remove(holder);
            if (holders.Count == 0)
            {
                _holders.Remove(address);
            }
        }
    }

    private static bool IsOrdinary(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes[3] is not (0 or 255) && !(bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 1);
    }
}
