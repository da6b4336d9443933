using System.Text;

namespace Baas.Core.Kubernetes;

/// <summary>Where the API keeps objects, relative to the server's address.</summary>
internal static class ResourcePaths
{
    public static string Of(ResourceReference resource) => $"{Of(resource.Kind, resource.Namespace)}/{Uri.EscapeDataString(resource.Name)}";

    public static string Of(ResourceKind kind, string? inNamespace)
    {
        var path = new StringBuilder(kind.ApiVersion.Contains('/') ? "apis/" : "api/").Append(kind.ApiVersion).Append('/');
        if (kind.IsNamespaced && inNamespace is not null)
        {
            path.Append("namespaces/").Append(Uri.EscapeDataString(inNamespace)).Append('/');
        }

        return path.Append(kind.Plural).ToString();
    }

    /// <summary>The path with a query of those parameters that have a value.</summary>
    public static string WithQuery(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var query = new StringBuilder(path);
        var separator = '?';
        foreach (var (name, value) in parameters)
        {
            if (!string.IsNullOrEmpty(value))
            {
                query.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return query.ToString();
    }
}
