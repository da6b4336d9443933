using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of the service itself; they need no key and tell nothing of any tenant.</summary>
internal static class ServiceEndpoints
{
    /// <summary>The version of this service.</summary>
    public static string Version { get; } = typeof(ServiceEndpoints).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static void MapService(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n")).Describe<string>("Is the service alive?", "", mediaType: "text/plain");
        routes.MapGet("/api/v1", Service).Describe<ServiceResource>("What this service is", "Its version and the Fabric versions that it can make.");
        routes.MapGet("/api/v1/schemas/network", Schema).Describe<object>("The schema of specifications", "JSON Schema, draft 2020-12.", mediaType: "application/schema+json");
        routes.MapOpenApi("/openapi/{documentName}.json");
    }

    private static IResult Service() => Replies.Json(new ServiceResource("baas", Version, [.. FabricReleases.All.Where(release => release.IsProvisioned).Reverse().Select(release => release.Latest.ToString())]));

    private static IResult Schema() =>
        Results.Text(SpecSchema.Document.ToJsonString(new JsonSerializerOptions(NetworkJson.Options) { WriteIndented = true }), "application/schema+json");
}
