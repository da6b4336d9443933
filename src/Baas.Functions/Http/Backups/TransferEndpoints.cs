using Baas.Core.Operations.Backups;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http.Backups;

/// <summary>Routes for agents, where the store has no addresses of its own. A signed token in the address says what may be done; they answer like Azure's blob storage.</summary>
internal static class TransferEndpoints
{
    private const string TransferRoute = "/transfers/{**blob}";

    public static void MapTransfers(this RouteGroupBuilder api)
    {
        // Not part of the API that people use, so not in its description.
        api.MapPut(TransferRoute, PutAsync).ExcludeFromDescription();
        api.MapGet(TransferRoute, GetAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> PutAsync(string blob, [FromQuery] string? token, HttpContext context, BackupTransfers transfers, CancellationToken cancellationToken)
    {
        await RequireAsync(transfers, token, blob, isSending: true, cancellationToken);
        if (context.Request.ContentLength is not { } length || length > BackupTransfers.MaxBytes)
        {
            throw new HttpProblemException(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"cannot take the part: its length has to be given, and to be at most {BackupTransfers.MaxBytes} bytes");
        }

        var content = new byte[length];
        await context.Request.Body.ReadExactlyAsync(content, cancellationToken);
        return Results.StatusCode(await transfers.PutAsync(blob, content, cancellationToken) ? StatusCodes.Status201Created : StatusCodes.Status409Conflict);
    }

    private static async Task<IResult> GetAsync(string blob, [FromQuery] string? token, BackupTransfers transfers, CancellationToken cancellationToken)
    {
        await RequireAsync(transfers, token, blob, isSending: false, cancellationToken);
        return await transfers.FindAsync(blob, cancellationToken) is { } content ? Results.Bytes(content, "application/octet-stream") : Results.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task RequireAsync(BackupTransfers transfers, string? token, string blob, bool isSending, CancellationToken cancellationToken)
    {
        if (token is null || !await transfers.AllowsAsync(token, blob, isSending, cancellationToken))
        {
            throw new HttpProblemException(StatusCodes.Status403Forbidden, "transfer-refused", "cannot transfer: the token does not allow it, or no longer");
        }
    }
}
