using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Operations;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of networks. Bind, call the use case, reply; nothing else happens here.</summary>
internal static class NetworkEndpoints
{
    private const string NetworkRoute = "/networks/{network}";

    public static void MapNetworks(this RouteGroupBuilder tenant)
    {
        tenant.MapPost("/networks", CreateAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Create a network", "The body is a specification as JSON or YAML. With dryRun=true nothing is touched and the answer is the plan.", 202)
            .TakesSpecification();
        tenant.MapGet("/networks", ListAsync).RequireRole(Role.Reader).Describe<PageResource<NetworkResource>>("List networks", "In the order of their names.");
        tenant.MapGet(NetworkRoute, GetAsync).RequireRole(Role.Reader).Describe<NetworkResource>("Get a network", "With its specification and an ETag.");
        tenant.MapGet(NetworkRoute + "/specification", SpecificationAsync).RequireRole(Role.Reader)
            .Describe<NetworkSpec>("Get a specification", "All defaults filled in, as JSON or YAML.");
        tenant.MapDelete(NetworkRoute, DeleteAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Delete a network", "Everything that was made for it goes. If-Match is honoured. lostCluster names a cluster that is gone for good; it may be given several times.", 202);
    }

    private static async Task<IResult> CreateAsync(
        TenantName tenant,
        [FromQuery] bool? dryRun,
        [FromQuery] string? onFailure,
        HttpContext context,
        SpecificationIntake intake,
        NetworkOperations networks,
        CancellationToken cancellationToken)
    {
        var wished = Parameters.OnFailure(onFailure);
        var (text, format) = await Bodies.ReadSpecificationAsync(context.Request, intake.MaxBytes, cancellationToken);
        var (spec, warnings) = await intake.ReadAsync(tenant, text, format, asChange: dryRun == true, cancellationToken);
        return dryRun == true
            ? Replies.Json(PlanResource.Of(spec.Name, await networks.PlanAsync(tenant, spec, cancellationToken), warnings))
            : Replies.Accepted(context, await networks.CreateAsync(Parameters.Change(context, tenant, text), spec, wished, cancellationToken));
    }

    private static async Task<IResult> ListAsync(TenantName tenant, [AsParameters] PageQuery page, TenantOperations tenants, NetworkOperations networks, CancellationToken cancellationToken)
    {
        var asked = page.Checked();
        await tenants.GetAsync(tenant, cancellationToken);
        return Replies.Json(PageResource<NetworkResource>.Of(await networks.ListAsync(tenant, asked, cancellationToken), record => NetworkResource.Of(record, withSpecification: false)));
    }

    private static async Task<IResult> GetAsync(TenantName tenant, NetworkName network, HttpContext context, NetworkOperations networks, CancellationToken cancellationToken)
    {
        var stored = await networks.GetAsync(new(tenant, network), cancellationToken);
        return Replies.Tagged(context, NetworkResource.Of(stored.Record, withSpecification: true), stored.Tag.Value);
    }

    private static async Task<IResult> SpecificationAsync(
        TenantName tenant, NetworkName network, [FromQuery] string? format, HttpContext context, NetworkOperations networks, CancellationToken cancellationToken)
    {
        var wanted = Replies.WantsYaml(context, format) ? SpecFormat.Yaml : SpecFormat.Json;
        var stored = await networks.GetAsync(new(tenant, network), cancellationToken);
        return Results.Text(SpecWriter.Write(stored.Record.Spec, wanted), wanted == SpecFormat.Yaml ? "application/yaml" : "application/json");
    }

    private static async Task<IResult> DeleteAsync(
        TenantName tenant, NetworkName network, [FromQuery] string[]? lostCluster, HttpContext context, NetworkDeletion deletion, CancellationToken cancellationToken)
    {
        var lost = Parameters.Clusters("lostCluster", lostCluster);
        var change = Parameters.Change(context, tenant, string.Join(' ', lost));
        return Replies.Accepted(context, await deletion.DeleteAsync(change, network, lost, Parameters.IfMatch(context.Request), cancellationToken));
    }
}
