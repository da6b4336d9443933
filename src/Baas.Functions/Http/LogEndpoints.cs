using Baas.Core.Networks;
using Baas.Core.Operations.Logs;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>The route of what nodes print. For operators: chaincodes print what their authors think of.</summary>
internal static class LogEndpoints
{
    private const string PlainText = "text/plain; charset=utf-8";

    public static void MapLogs(this RouteGroupBuilder tenant) =>
        tenant.MapGet("/networks/{network}/organizations/{organization}/nodes/{node}/logs", GetAsync).RequireRole(Role.Operator)
            .Describe<string>("Read a node's log", "The last lines of an orderer, a peer or the server of a chaincode; with follow=true also those to come.", mediaType: "text/plain");

    private static async Task<IResult> GetAsync(
        TenantName tenant,
        NetworkName network,
        OrganizationName organization,
        NodeName node,
        [FromQuery] int? tail,
        [FromQuery] bool? follow,
        HttpContext context,
        NodeLogs logs,
        CancellationToken cancellationToken)
    {
        var lines = tail is null or (>= 1 and <= NodeLogs.MaxTail)
            ? tail ?? NodeLogs.DefaultTail
            : throw new HttpProblemException(StatusCodes.Status400BadRequest, "tail-invalid", $"cannot show {tail} lines: 1 to {NodeLogs.MaxTail} are possible");
        var (where, what) = (new NetworkReference(tenant, network), new NodeReference(organization, node));
        if (follow != true)
        {
            return Results.Text(await logs.ReadAsync(where, what, lines, cancellationToken), PlainText);
        }

        await SendAsync(context.Response, logs.FollowAsync(where, what, lines, cancellationToken), cancellationToken);
        return Results.Empty;
    }

    // The headers leave with the first line, so that a refusal before it is still a problem.
    private static async Task SendAsync(HttpResponse response, IAsyncEnumerable<string> lines, CancellationToken cancellationToken)
    {
        response.ContentType = PlainText;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // asks proxies not to hold lines back
        try
        {
            await foreach (var line in lines)
            {
                await response.WriteAsync(line + "\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && response.HasStarted)
        {
            // The reader has gone, which is how a followed log ends.
        }
    }
}
