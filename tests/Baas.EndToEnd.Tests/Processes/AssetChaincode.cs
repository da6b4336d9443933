using System.Text.Json.Nodes;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Processes;

/// <summary>The chaincode of <c>examples</c> as a program of this machine.</summary>
internal static class AssetChaincode
{
    /// <summary>Writes the file that maps its image to a program of the example's folder.</summary>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="command">The program and its arguments; the example's own server when there are none.</param>
    /// <returns>That file.</returns>
    public static string WriteTo(string folder, params string[] command)
    {
        var words = command.Length > 0 ? command : ["node", "server.js"];
        var program = new JsonObject
        {
            ["command"] = new JsonArray([.. words.Select(word => (JsonNode)word)]),
            ["workingFolder"] = Repository.In("examples", "chaincode", "asset"),
        };
        var map = Path.Combine(folder, "sandbox-images.json");
        File.WriteAllText(map, new JsonObject { ["images"] = new JsonObject { ["baas.example/asset-chaincode:1.0"] = program } }.ToJsonString());
        return map;
    }
}
