using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents;

/// <summary>Defaults that come from elsewhere in the document, so that the records cannot know them.</summary>
internal static class DerivedDefaults
{
    /// <summary>Fills in the MSP ids of organizations and the members of channels.</summary>
    public static void Fill(JsonObject network)
    {
        var names = new List<string>();
        foreach (var organization in Objects(network, "organizations"))
        {
            var name = organization["name"]!.GetValue<string>(); // required and a text, the shapes have seen it
            names.Add(name);
            organization["mspId"] ??= MspId.Of(OrganizationName.Parse(name)).Value;
        }

        foreach (var channel in Objects(network, "channels"))
        {
            channel["organizations"] ??= new JsonArray([.. names.Select(name => JsonValue.Create(name))]);
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonObject parent, string name) =>
        parent[name] is JsonArray items ? items.OfType<JsonObject>() : [];
}
