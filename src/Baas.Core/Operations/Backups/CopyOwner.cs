using Baas.Core.Records;
using Baas.Core.Storage;
using Baas.Core.Storage.Backups;

namespace Baas.Core.Operations.Backups;

/// <summary>Who writes to a second store: the first service that did. Two that delete what they do not know would delete each other's backups.</summary>
/// <param name="Service">The id of the service, made with its own store.</param>
internal sealed record CopyOwner(Guid Service)
{
    private const string Mark = "copies/owner.json";
    private const string Own = "copies/service.json";

    /// <summary>Makes the second store this service's own, unless it is already another's.</summary>
    /// <param name="first">The service's store, which knows who it is.</param>
    /// <param name="second">The second store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException"><c>copy-store-foreign</c>: another service writes there.</exception>
    public static async Task ClaimAsync(RecordStore first, SecondPlace second, CancellationToken cancellationToken)
    {
        var (own, _) = await first.PutIfAbsentAsync(Own, new CopyOwner(Guid.NewGuid()), cancellationToken);
        var (owner, _) = await new RecordStore(second.Place.Blobs).PutIfAbsentAsync(Mark, own.Record, cancellationToken);
        if (owner.Record != own.Record)
        {
            throw new StorageException(
                "copy-store-foreign",
                $"cannot write to second store \"{second.Name}\": it belongs to service {owner.Record.Service}, and this one is {own.Record.Service}; if that one is gone for good, delete \"{Mark}\" there");
        }
    }
}
