using Baas.Core.Networks;
using Baas.Core.Operations.Renewals;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http.Certificates;

/// <summary>Routes of certificates and their renewal.</summary>
internal static class CertificateEndpoints
{
    private const string CertificatesRoute = "/networks/{network}/certificates";

    public static void MapCertificates(this RouteGroupBuilder tenant)
    {
        tenant.MapGet(CertificatesRoute, ListAsync).RequireRole(Role.Reader)
            .Describe<CertificatesResource>("List a network's certificates", "Of authorities, users and nodes, with the days that they have left.");
        tenant.MapPost(CertificatesRoute + "/renew", RenewAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>(
                "Renew a network's certificates",
                "Those that are due, for the same keys; with all=true also the others. Nodes are restarted one by one while the network is used. With dryRun=true nothing is touched and the answer is the plan.",
                202);
    }

    private static async Task<IResult> ListAsync(TenantName tenant, NetworkName network, RenewalOperations renewals, CancellationToken cancellationToken) =>
        Replies.Json(new CertificatesResource(network, await renewals.ListAsync(new(tenant, network), cancellationToken)));

    private static async Task<IResult> RenewAsync(
        TenantName tenant,
        NetworkName network,
        [FromQuery] OrganizationName? organization,
        [FromQuery] NodeName? node,
        [FromQuery] bool? all,
        [FromQuery] bool? dryRun,
        HttpContext context,
        RenewalOperations renewals,
        CancellationToken cancellationToken)
    {
        if (node is not null && organization is null)
        {
            throw new HttpProblemException(StatusCodes.Status400BadRequest, "organization-missing", $"cannot renew certificates of node \"{node}\" alone: say of which organization, too");
        }

        var selection = new RenewalSelection(organization, node, all == true);
        return dryRun == true
            ? Replies.Json(RenewalPlanResource.Of(await renewals.PlanAsync(new(tenant, network), selection, cancellationToken)))
            : Replies.Accepted(context, await renewals.BeginAsync(Parameters.Change(context, tenant, ""), network, selection, cancellationToken));
    }
}
