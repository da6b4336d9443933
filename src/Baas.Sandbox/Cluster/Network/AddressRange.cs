using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Baas.Sandbox.Cluster.Network;

/// <summary>A block of IPv4 addresses of the loopback network, written like <c>127.64.0.0/10</c>.</summary>
internal sealed record AddressRange
{
    private readonly uint _first;

    private AddressRange(uint first, uint size) => (_first, Size) = (first, size);

    /// <summary>How many addresses the range has.</summary>
    public uint Size { get; }

    /// <summary>Reads a range.</summary>
    /// <exception cref="SandboxException">It is no range of 127.0.0.0/8 with a prefix of 8 to 29 bits.</exception>
    public static AddressRange Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length == 2 && IPAddress.TryParse(parts[0], out var address) && IsLoopbackV4(address)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits is >= 8 and <= 29)
        {
            var size = 1u << (32 - bits);
            return new AddressRange(ToNumber(address) & ~(size - 1), size);
        }

        throw new SandboxException("invalid-address-range", $"cannot use address range \"{text}\": it has to lie in 127.0.0.0/8, for example 127.64.0.0/10");
    }

    /// <summary>The address at an offset.</summary>
    public IPAddress At(uint offset)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, _first + (offset % Size));
        return new IPAddress(bytes);
    }

    /// <summary>Whether the address is of this range.</summary>
    public bool Contains(IPAddress address) => IsLoopbackV4(address) && ToNumber(address) - _first < Size;

    private static bool IsLoopbackV4(IPAddress address) => address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork && IPAddress.IsLoopback(address);

    private static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());
}
