using Baas.Core.Networks;
using Baas.Core.Operations.Health;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>Routes of alerts and of the webhook that they go to. No answer holds the secret.</summary>
internal static class AlertEndpoints
{
    private const string WebhookRoute = "/alerts/webhook";

    public static void MapAlerts(this RouteGroupBuilder tenant)
    {
        tenant.MapGet("/alerts", ListAsync).RequireRole(Role.Reader).Describe<IReadOnlyList<AlertResource>>("List alerts", "Those that fire, the gravest first.");
        tenant.MapGet(WebhookRoute, GetAsync).RequireRole(Role.Reader).Describe<WebhookView>("Get the webhook", "Without its secret; how many messages wait for it, and why.");
        tenant.MapPut(WebhookRoute, PutAsync).RequireRole(Role.Owner)
            .Describe<WebhookView>("Set the webhook", "https, or http on a loopback address; messages are signed with the secret.")
            .Accepts<WebhookRequest>("application/json");
        tenant.MapDelete(WebhookRoute, DeleteAsync).RequireRole(Role.Owner).Describe<WebhookView>("Forget the webhook", "Messages that wait for it go, too.", 204);
        tenant.MapPost(WebhookRoute + "/test", TestAsync).RequireRole(Role.Operator).Describe<WebhookTest>("Test the webhook", "A message of type test is sent within 15 seconds.", 202);
    }

    private static async Task<IResult> ListAsync(TenantName tenant, HealthQueries health, CancellationToken cancellationToken) =>
        Replies.Json<IReadOnlyList<AlertResource>>([.. (await health.AlertsAsync(tenant, cancellationToken)).Select(one => AlertResource.Of(one.Network, one.Alert))]);

    private static async Task<IResult> GetAsync(TenantName tenant, Webhooks webhooks, CancellationToken cancellationToken) =>
        Replies.Json(await webhooks.GetAsync(tenant, cancellationToken));

    private static async Task<IResult> PutAsync(TenantName tenant, HttpContext context, Webhooks webhooks, CancellationToken cancellationToken)
    {
        var request = await Bodies.ReadJsonAsync<WebhookRequest>(context.Request, cancellationToken);
        return Replies.Json(await webhooks.PutAsync(tenant, request.Url, request.Secret, cancellationToken));
    }

    private static async Task<IResult> DeleteAsync(TenantName tenant, Webhooks webhooks, CancellationToken cancellationToken)
    {
        await webhooks.DeleteAsync(tenant, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> TestAsync(TenantName tenant, Webhooks webhooks, CancellationToken cancellationToken) =>
        Replies.Json(new WebhookTest(await webhooks.TestAsync(tenant, cancellationToken)), StatusCodes.Status202Accepted);
}
