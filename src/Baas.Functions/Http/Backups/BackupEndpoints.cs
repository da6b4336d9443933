using Baas.Core.Networks;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http.Backups;

/// <summary>Routes of backups and restores.</summary>
internal static class BackupEndpoints
{
    private const string BackupsRoute = "/networks/{network}/backups";
    private const string ScheduleRoute = BackupsRoute + "/schedule";
    private const string BackupRoute = BackupsRoute + "/{backup}";

    public static void MapBackups(this RouteGroupBuilder tenant)
    {
        tenant.MapPost(BackupsRoute, CreateAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Back a network up", "One node after the other is stopped, packed and started. The backup's id is the operation's with bk- for op-.", 202);
        tenant.MapGet(BackupsRoute, ListAsync).RequireRole(Role.Reader).Describe<PageResource<BackupResource>>("List backups", "Those of a network that was deleted, too.");
        tenant.MapGet(ScheduleRoute, ScheduleAsync).RequireRole(Role.Reader).Describe<BackupSchedule>("Get when a network is backed up", "And when the next backup begins.");
        tenant.MapPut(ScheduleRoute, SetScheduleAsync).RequireRole(Role.Operator)
            .Describe<BackupSchedule>("Set when a network is backed up", "In place of what was set; holds from the next sweep on, also while the network is at work.")
            .Accepts<BackupScheduleBody>("application/json");
        tenant.MapGet(BackupRoute, GetAsync).RequireRole(Role.Reader).Describe<BackupResource>("Get a backup", "With the volumes that it holds, and how far their ledgers were.");
        tenant.MapPost(BackupRoute + "/verify", VerifyAsync).RequireRole(Role.Operator)
            .Describe<OperationResource>("Check a backup", "Everything is read back; what is missing or damaged is named.", 202);
        tenant.MapDelete(BackupRoute, DeleteAsync).RequireRole(Role.Owner).Describe<BackupResource>("Forget a backup", "What no other backup needs goes after the next one.", 204);
        tenant.MapPost("/networks/{network}/restores", RestoreAsync).RequireRole(Role.Owner)
            .Describe<OperationResource>("Restore a network", "As a new one where its place is empty; else, with force, the volumes of the named nodes or of all.", 202)
            .Accepts<RestoreBody>("application/json");
    }

    private static async Task<IResult> CreateAsync(TenantName tenant, NetworkName network, HttpContext context, BackupOperations backups, CancellationToken cancellationToken) =>
        Replies.Accepted(context, await backups.BeginAsync(Parameters.Change(context, tenant, ""), network, cancellationToken));

    private static async Task<IResult> ListAsync(TenantName tenant, NetworkName network, [AsParameters] PageQuery page, BackupOperations backups, CancellationToken cancellationToken) =>
        Replies.Json(PageResource<BackupResource>.Of(await backups.ListAsync(new(tenant, network), page.Checked(), cancellationToken), BackupResource.Of));

    private static async Task<IResult> GetAsync(TenantName tenant, NetworkName network, BackupId backup, BackupOperations backups, CancellationToken cancellationToken) =>
        Replies.Json(BackupResource.Of(await backups.ShowAsync(new(tenant, network), backup, cancellationToken)));

    private static async Task<IResult> ScheduleAsync(TenantName tenant, NetworkName network, BackupSchedules schedules, CancellationToken cancellationToken) =>
        Replies.Json(await schedules.GetAsync(new(tenant, network), cancellationToken));

    private static async Task<IResult> SetScheduleAsync(TenantName tenant, NetworkName network, HttpContext context, BackupSchedules schedules, CancellationToken cancellationToken)
    {
        var wanted = (await Bodies.ReadJsonAsync<BackupScheduleBody>(context.Request, cancellationToken)).Read();
        var change = Parameters.Change(context, tenant, $"{wanted?.Schedule} {wanted?.Keep.Count} {wanted?.Keep.Days}");
        return Replies.Json(await schedules.SetAsync(change, network, wanted, cancellationToken));
    }

    private static async Task<IResult> VerifyAsync(TenantName tenant, NetworkName network, BackupId backup, HttpContext context, BackupOperations backups, CancellationToken cancellationToken) =>
        Replies.Accepted(context, await backups.VerifyAsync(Parameters.Change(context, tenant, ""), network, backup, cancellationToken));

    private static async Task<IResult> DeleteAsync(TenantName tenant, NetworkName network, BackupId backup, BackupOperations backups, CancellationToken cancellationToken)
    {
        await backups.DeleteAsync(new(tenant, network), backup, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> RestoreAsync(
        TenantName tenant, NetworkName network, [FromQuery] string? onFailure, HttpContext context, RestoreOperations restores, CancellationToken cancellationToken)
    {
        var wished = Parameters.OnFailure(onFailure);
        var body = await Bodies.ReadJsonAsync<RestoreBody>(context.Request, cancellationToken);
        var change = Parameters.Change(context, tenant, $"{body.Backup} {string.Join(',', body.Nodes ?? [])} {body.Force} {body.From} {body.Cluster}");
        return Replies.Accepted(context, await restores.BeginAsync(change, network, body.Read(), wished, cancellationToken));
    }
}
