using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Kinds.Admission;

/// <summary>Names, labels and annotations as Kubernetes takes them.</summary>
internal static class MetadataRules
{
    private const int MaxAnnotations = 256 * 1024;

    /// <exception cref="StatusException">422: what is wrong, all at once.</exception>
    public static void Check(ObjectKey key, JsonObject subject)
    {
        List<FieldFault> faults = [];
        if (!IsName(key))
        {
            faults.Add(FieldFault.Invalid("metadata.name", key.Name, "a lowercase RFC 1123 name must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"));
        }

        foreach (var (name, value) in subject.Labels ?? [])
        {
            CheckLabel(name, value, faults);
        }

        var length = 0;
        foreach (var (name, value) in subject.Object("metadata", "annotations") ?? [])
        {
            length += name.Length + (value.AsText()?.Length ?? 0);
            if (!ObjectNames.IsQualified(name))
            {
                faults.Add(FieldFault.Invalid("metadata.annotations", name, "name part must consist of alphanumeric characters, '-', '_' or '.'"));
            }
        }

        if (length > MaxAnnotations)
        {
            faults.Add(new FieldFault("metadata.annotations", "FieldValueTooLong", $"Too long: may not be more than {MaxAnnotations} bytes"));
        }

        if (faults.Count > 0)
        {
            throw Failures.Invalid(key, faults);
        }
    }

    private static void CheckLabel(string name, JsonNode? value, List<FieldFault> faults)
    {
        if (!ObjectNames.IsQualified(name))
        {
            faults.Add(FieldFault.Invalid("metadata.labels", name, "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character"));
        }

        if (value.AsText() is not { } text || !ObjectNames.IsLabelValue(text))
        {
            faults.Add(FieldFault.Invalid("metadata.labels", value?.ToString(), "a valid label must be an empty string or consist of at most 63 alphanumeric characters, '-', '_' or '.'"));
        }
    }

    private static bool IsName(ObjectKey key) => key.Kind switch
    {
        _ when key.Kind == ClusterKinds.Namespaces => ObjectNames.IsLabel(key.Name),
        _ when key.Kind == ClusterKinds.Services => ObjectNames.IsServiceName(key.Name),
        { Group: "rbac.authorization.k8s.io" } => ObjectNames.IsPathSegment(key.Name),
        _ => ObjectNames.IsSubdomain(key.Name),
    };
}
