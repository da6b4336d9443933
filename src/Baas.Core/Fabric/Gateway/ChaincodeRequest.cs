namespace Baas.Core.Fabric.Gateway;

/// <summary>A call of a chaincode with all that can be said.</summary>
/// <param name="Function">The function's name.</param>
public sealed record ChaincodeRequest(string Function)
{
    /// <summary>Its arguments. The default is none.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Arguments { get; init; } = [];

    /// <summary>What endorsers are told but the ledger never sees. The default is nothing.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Transient { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The MSP ids of the organizations whose peers run it. The default is empty: the gateway finds out which are needed.</summary>
    public IReadOnlyList<string> EndorsingOrganizations { get; init; } = [];

    /// <summary>A call with texts as arguments.</summary>
    public static ChaincodeRequest Of(string function, params IEnumerable<string> arguments) =>
        new(function) { Arguments = [.. arguments.Select(argument => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(argument))] };
}
