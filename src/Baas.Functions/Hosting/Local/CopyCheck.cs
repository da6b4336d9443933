using Baas.Core;
using Baas.Core.Operations.Backups;
using Baas.Core.Records;
using Baas.Core.Storage.Backups;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>
/// Asks the second store of backups once, when the service starts, whose it is; nothing is written. One that is another's ends nothing: a service that starts on an empty
/// first store reads from there what was lost. Nor does one that does not answer.
/// </summary>
internal sealed class CopyCheck(RecordStore records, ILogger<CopyCheck> logger, SecondPlace? second = null) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        second is null ? Task.CompletedTask : Task.Run(() => CheckAsync(second, stoppingToken), stoppingToken);

    private async Task CheckAsync(SecondPlace place, CancellationToken cancellationToken)
    {
        try
        {
            await CopyOwner.CheckAsync(records, place, cancellationToken);
        }
        catch (BaasException failure)
        {
            logger.CopiesUnusable(failure.Code, failure.Message);
        }
    }
}
