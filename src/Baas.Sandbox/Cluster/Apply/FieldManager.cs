using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Apply;

/// <summary>One entry of an object's managed fields: who owns what.</summary>
/// <param name="Name">The manager's name.</param>
/// <param name="IsApply">Whether it applies (server-side), rather than updates.</param>
/// <param name="Subresource">The subresource that it writes to; null for the object itself.</param>
/// <param name="ApiVersion">The version of the fields.</param>
/// <param name="Time">When the entry last changed.</param>
/// <param name="Fields">What it owns.</param>
internal sealed record FieldManager(string Name, bool IsApply, string? Subresource, string ApiVersion, string Time, FieldSet Fields)
{
    /// <summary>The managers of an object.</summary>
    public static List<FieldManager> Read(JsonObject? subject) =>
    [
        .. subject.Objects("metadata", "managedFields").Select(entry => new FieldManager(
            entry.Text("manager") ?? "", entry.Text("operation") == "Apply", entry.Text("subresource"), entry.Text("apiVersion") ?? "", entry.Text("time") ?? "", FieldSet.Read(entry.Object("fieldsV1")))),
    ];

    /// <summary>Writes the managers into an object, in place.</summary>
    public static void Write(JsonObject subject, IEnumerable<FieldManager> managers)
    {
        var entries = new JsonArray([.. managers.Where(manager => !manager.Fields.IsEmpty).Select(manager => manager.ToJson())]);
        subject.Ensure("metadata").Remove("managedFields");
        if (entries.Count > 0)
        {
            subject.Ensure("metadata")["managedFields"] = entries;
        }
    }

    /// <summary>Whether it is the entry that such a write belongs to.</summary>
    public bool Is(string name, bool isApply, string? subresource) => Name == name && IsApply == isApply && Subresource == subresource;

    private JsonObject ToJson()
    {
        var entry = new JsonObject
        {
            ["manager"] = Name,
            ["operation"] = IsApply ? "Apply" : "Update",
            ["apiVersion"] = ApiVersion,
            ["time"] = Time,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.Write(),
        };
        if (Subresource is not null)
        {
            entry["subresource"] = Subresource;
        }

        return entry;
    }
}
