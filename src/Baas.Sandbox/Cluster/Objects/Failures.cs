using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>The refusals of a Kubernetes API, in its words: clients look for some of them.</summary>
internal static class Failures
{
    public static StatusException NotFound(ObjectKey key) =>
        new(404, "NotFound", $"{key.Kind} \"{key.Name}\" not found") { Details = Details(key) };

    public static StatusException NoSuchPath() =>
        new(404, "NotFound", "the server could not find the requested resource") { Details = [] };

    public static StatusException AlreadyExists(ObjectKey key) =>
        new(409, "AlreadyExists", $"{key.Kind} \"{key.Name}\" already exists") { Details = Details(key) };

    public static StatusException Conflict(ObjectKey key, string cause) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {key.Kind} \"{key.Name}\": {cause}") { Details = Details(key) };

    public static StatusException Modified(ObjectKey key) =>
        Conflict(key, "the object has been modified; please apply your changes to the latest version and try again");

    public static StatusException Forbidden(ObjectKey key, string cause, string? causeReason = null)
    {
        var details = Details(key);
        if (causeReason is not null)
        {
            details["causes"] = new JsonArray(new JsonObject { ["reason"] = causeReason, ["message"] = cause });
        }

        return new(403, "Forbidden", $"{key.Kind} \"{key.Name}\" is forbidden: {cause}") { Details = details };
    }

    public static StatusException Terminating(ObjectKey key) =>
        Forbidden(key, $"unable to create new content in namespace {key.Namespace} because it is being terminated", "NamespaceTerminating");

    public static StatusException Invalid(ObjectKey key, params IReadOnlyList<FieldFault> faults)
    {
        var details = Details(key);
        details["kind"] = key.Kind.Kind;
        details["causes"] = new JsonArray([.. faults.Select(fault => new JsonObject { ["reason"] = fault.Reason, ["message"] = fault.Message, ["field"] = fault.Field })]);
        var all = faults.Select(fault => $"{fault.Field}: {fault.Message}").ToList();
        var text = all.Count == 1 ? all[0] : $"[{string.Join(", ", all)}]";
        return new(422, "Invalid", $"{Qualified(key.Kind)} \"{key.Name}\" is invalid: {text}") { Details = details };
    }

    public static StatusException BadRequest(string message) => new(400, "BadRequest", message);

    public static StatusException Gone(long oldest) =>
        new(410, "Expired", $"too old resource version: the oldest that can be watched from is {oldest}");

    public static StatusException Storage(string cause) => new(500, "InternalError", $"Internal error occurred: {cause}");

    private static string Qualified(ObjectKind kind) => kind.Group.Length == 0 ? kind.Kind : $"{kind.Kind}.{kind.Group}";

    private static JsonObject Details(ObjectKey key)
    {
        var details = new JsonObject { ["name"] = key.Name };
        if (key.Kind.Group.Length > 0)
        {
            details["group"] = key.Kind.Group;
        }

        details["kind"] = key.Kind.Plural;
        return details;
    }
}
