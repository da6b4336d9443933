using System.Text.Json.Nodes;

namespace Baas.Core.Networks.Documents;

/// <summary>The published JSON Schema of specifications, for editors and clients.</summary>
public static class SpecSchema
{
    /// <summary>A new copy of the schema (draft 2020-12).</summary>
    public static JsonObject Document
    {
        get
        {
            var schema = SpecShapes.Network.Schema();
            schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
            schema.Insert(1, "title", "Network");
            schema.Insert(2, "description", "A Hyperledger Fabric network: who orders, which organizations run peers, their channels and chaincodes.");
            return schema;
        }
    }
}
