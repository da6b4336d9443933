using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Store;

/// <summary>Gives new objects what the cluster decides: name, uid, times.</summary>
internal static class NewObjects
{
    private const int MaxGeneratedName = 63;
    private const string NameLetters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>Completes the metadata of a new object in place.</summary>
    /// <exception cref="StatusException">It has no name.</exception>
    public static ObjectKey Prepare(ObjectKind kind, JsonObject subject, TimeProvider clock)
    {
        var given = subject.Ensure("metadata");
        var name = given.Text("name") is { Length: > 0 } own ? own : Generate(given.Text("generateName"));
        var key = new ObjectKey(kind, kind.IsNamespaced ? given.Text("namespace") ?? "default" : null, name);
        if (name.Length == 0)
        {
            throw Failures.Invalid(key, FieldFault.Required("metadata.name", "name or generateName is required"));
        }

        given["name"] = name;
        if (kind.IsNamespaced)
        {
            given["namespace"] = key.Namespace;
        }
        else
        {
            given.Remove("namespace");
        }

        given["uid"] = Guid.NewGuid().ToString();
        given["creationTimestamp"] = Meta.Time(clock.GetUtcNow());
        given.Remove("deletionTimestamp");
        given.Remove("deletionGracePeriodSeconds");
        given.Remove("generation");
        if (kind.HasGeneration)
        {
            given["generation"] = 1;
        }

        Head(kind, subject);
        return key;
    }

    // apiVersion and kind stand first, where readers expect them.
    private static void Head(ObjectKind kind, JsonObject subject)
    {
        subject.Remove("apiVersion");
        subject.Remove("kind");
        subject.Insert(0, "apiVersion", kind.ApiVersion);
        subject.Insert(1, "kind", kind.Kind);
    }

    private static string Generate(string? prefix) => string.IsNullOrEmpty(prefix)
        ? ""
        : prefix[..Math.Min(prefix.Length, MaxGeneratedName - 5)] + RandomNumberGenerator.GetString(NameLetters, 5);
}
