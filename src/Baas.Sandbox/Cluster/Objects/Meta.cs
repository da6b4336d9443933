using System.Globalization;
using System.Text.Json.Nodes;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>Reads what every object carries.</summary>
internal static class Meta
{
    extension(JsonObject subject)
    {
        /// <summary>The name; empty when it has none yet.</summary>
        public string Name => subject.Text("metadata", "name") ?? "";

        /// <summary>The namespace; null for none.</summary>
        public string? Namespace => subject.Text("metadata", "namespace");

        /// <summary>The unique id; empty before it is stored.</summary>
        public string Uid => subject.Text("metadata", "uid") ?? "";

        /// <summary>The labels; null for none.</summary>
        public JsonObject? Labels => subject.Object("metadata", "labels");

        /// <summary>Whether it is being deleted.</summary>
        public bool IsDeleting => subject.At("metadata", "deletionTimestamp") is not null;

        /// <summary>The owners.</summary>
        public IEnumerable<JsonObject> Owners => subject.Objects("metadata", "ownerReferences");

        /// <summary>The finalizers.</summary>
        public IEnumerable<string> Finalizers => subject.Texts("metadata", "finalizers");
    }

    /// <summary>A time as Kubernetes writes it: UTC, whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time; null when it is none.</summary>
    public static DateTimeOffset? ParseTime(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
