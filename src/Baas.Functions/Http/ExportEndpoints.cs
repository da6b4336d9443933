using Baas.Core.Networks;
using Baas.Core.Operations.Exports;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of what users of a network take away.</summary>
internal static class ExportEndpoints
{
    private const string Organization = "/networks/{network}/organizations/{organization}";

    public static void MapExports(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/networks/{network}/topology", TopologyAsync).RequireRole(Role.Reader).Describe<Topology>("Get the topology", "Who runs what and where it listens.");
        tenant.MapGet("/networks/{network}/topology.svg", PictureAsync).RequireRole(Role.Reader).Describe<string>("Draw the topology", "As an SVG picture.", mediaType: "image/svg+xml");
        tenant.MapGet(Organization + "/profile", ProfileAsync).RequireRole(Role.Reader)
            .Describe<object>("Export a connection profile", "Fabric's common connection profile of the organization, as JSON or YAML.");
        tenant.MapGet(Organization + "/identities/{user}", IdentityAsync).RequireRole(Role.Owner)
            .Describe<IdentityExport>("Export an identity", "Certificates and private keys of the organization's admin or client: the one answer that holds private keys.");
    }

    private static async Task<IResult> TopologyAsync(TenantName tenant, NetworkName network, NetworkExports exports, CancellationToken cancellationToken) =>
        Replies.Json(await exports.TopologyAsync(new(tenant, network), cancellationToken));

    private static async Task<IResult> PictureAsync(TenantName tenant, NetworkName network, NetworkExports exports, CancellationToken cancellationToken) =>
        Results.Text(await exports.PictureAsync(new(tenant, network), cancellationToken), "image/svg+xml");

    private static async Task<IResult> ProfileAsync(
        TenantName tenant,
        NetworkName network,
        OrganizationName organization,
        [FromQuery] string? format,
        HttpContext context,
        NetworkExports exports,
        CancellationToken cancellationToken) =>
        Replies.Document(context, await exports.ProfileAsync(new(tenant, network), organization, cancellationToken), format);

    private static async Task<IResult> IdentityAsync(
        TenantName tenant, NetworkName network, OrganizationName organization, string user, HttpContext context, NetworkExports exports, CancellationToken cancellationToken)
    {
        var identity = await exports.IdentityAsync(new(tenant, network), organization, user, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return Replies.Json(identity);
    }
}
