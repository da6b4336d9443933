using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Peers;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Chaincodes;

/// <summary>The example contract <c>asset</c>: assets with owners. The same functions, values and events as the example's own code.</summary>
internal sealed partial class AssetContract
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, int> Parameters = new(StringComparer.Ordinal)
    {
        ["Create"] = 3,
        ["Read"] = 1,
        ["Exists"] = 1,
        ["Update"] = 2,
        ["Transfer"] = 2,
        ["Delete"] = 1,
        ["List"] = 2,
        ["History"] = 1,
    };

    /// <summary>Runs a call.</summary>
    public Response Invoke(ChaincodeCall call, Simulator state)
    {
        var function = call.Function.StartsWith("asset:", StringComparison.Ordinal) ? call.Function["asset:".Length..] : call.Function;
        string[] arguments = [.. call.Proposal.Input.Args.Skip(1).Select(argument => argument.ToStringUtf8())];
        try
        {
            return Responses.Ok(ByteString.CopyFromUtf8(Run(function, arguments, state)));
        }
        catch (EmulationException refused)
        {
            return Responses.Error(refused.Message);
        }
    }

    private static string Run(string function, string[] arguments, Simulator state) => (function, arguments) switch
    {
        ("Create", [var id, var owner, var value]) => Create(state, id, owner, value),
        ("Read", [var id]) => Text(Read(state, id)),
        ("Exists", [var id]) => state.Get(id) is null ? "false" : "true",
        ("Update", [var id, var value]) => Change(state, id, "AssetUpdated", asset => asset["value"] = Number(value)),
        ("Transfer", [var id, var owner]) => Change(state, id, "AssetTransferred", asset => asset["owner"] = NotEmpty("owner", owner)),
        ("Delete", [var id]) => Delete(state, id),
        ("List", [var from, var to]) => List(state, from, to),
        ("History", [var id]) => History(state, id),
        _ => throw new EmulationException(Parameters.TryGetValue(function, out var count)
            ? $"Expected {count} parameters, but {arguments.Length} have been supplied"
            : $"You've asked to invoke a function that does not exist: {function}"),
    };

    private static string Create(Simulator state, string id, string owner, string value)
    {
        NotEmpty("id", id);
        NotEmpty("owner", owner);
        return state.Get(id) is null
            ? Write(state, "AssetCreated", new JsonObject { ["id"] = id, ["owner"] = owner, ["value"] = Number(value) })
            : throw new EmulationException($"asset \"{id}\" exists");
    }

    private static string Change(Simulator state, string id, string name, Action<JsonObject> change)
    {
        var asset = Read(state, id);
        change(asset);
        return Write(state, name, asset);
    }

    private static string Delete(Simulator state, string id)
    {
        Read(state, id);
        state.Put(id, null);
        state.Event = Event("AssetDeleted", Text(new JsonObject { ["id"] = id }));
        return string.Empty;
    }

    private static string List(Simulator state, string from, string to) => $"[{string.Join(',', state.Range(from, to).Select(value => value.ToStringUtf8()))}]";

    private static string History(Simulator state, string id) => new JsonArray([.. state.History(id).Select(change => (JsonNode)new JsonObject
    {
        ["transaction"] = change.Transaction,
        ["time"] = change.Time.ToDateTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture),
        ["asset"] = change.Value is { } value ? JsonNode.Parse(value.Span) : null,
    })]).ToJsonString(Plain);

    private static JsonObject Read(Simulator state, string id) =>
        state.Get(id) is { } bytes ? JsonNode.Parse(bytes.Span)!.AsObject() : throw new EmulationException($"asset \"{id}\" does not exist");

    private static string Write(Simulator state, string name, JsonObject asset)
    {
        var text = Text(asset);
        state.Put((string)asset["id"]!, ByteString.CopyFromUtf8(text));
        state.Event = Event(name, text);
        return text;
    }

    private static ChaincodeEvent Event(string name, string payload) => new() { EventName = name, Payload = ByteString.CopyFromUtf8(payload) };

    private static string Text(JsonObject asset) => asset.ToJsonString(Plain);

    private static string NotEmpty(string name, string text) => text.Length > 0 ? text : throw new EmulationException($"{name} is empty");

    private static long Number(string text) =>
        WholeNumber().IsMatch(text) ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : throw new EmulationException($"\"{text}\" is no whole number");

    [GeneratedRegex("^-?[0-9]{1,15}$")]
    private static partial Regex WholeNumber();
}
