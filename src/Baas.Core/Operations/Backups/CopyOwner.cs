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

    /// <summary>Sees that the second store is not another service's; writes nothing.</summary>
    /// <param name="first">The service's store, which knows who it is.</param>
    /// <param name="second">The second store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException"><c>copy-store-foreign</c>: another service writes there; or it cannot be asked.</exception>
    public static async Task CheckAsync(RecordStore first, SecondPlace second, CancellationToken cancellationToken)
    {
        if (await new RecordStore(second.Place.Blobs).GetAsync<CopyOwner>(Mark, cancellationToken) is { Record: var owner })
        {
            Require(second, owner, (await first.GetAsync<CopyOwner>(Own, cancellationToken))?.Record);
        }
    }

    /// <summary>Makes the second store this service's own, unless it is already another's.</summary>
    /// <param name="first">The service's store, which knows who it is.</param>
    /// <param name="second">The second store.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageException"><c>copy-store-foreign</c>: another service writes there.</exception>
    public static async Task ClaimAsync(RecordStore first, SecondPlace second, CancellationToken cancellationToken)
    {
        await CheckAsync(first, second, cancellationToken); // a folder that is another's is not even opened to be written
        var (own, _) = await first.PutIfAbsentAsync(Own, new CopyOwner(Guid.NewGuid()), cancellationToken);
        var (owner, _) = await new RecordStore(second.Place.Blobs).PutIfAbsentAsync(Mark, own.Record, cancellationToken);
        Require(second, owner.Record, own.Record);
    }

    private static void Require(SecondPlace second, CopyOwner owner, CopyOwner? own)
    {
        if (owner != own)
        {
            throw new StorageException(
                "copy-store-foreign",
                $"cannot write to second store \"{second.Name}\": it belongs to service {owner.Service}, and this one is {own?.Service.ToString() ?? "new"}; if that one is gone for good, delete \"{Mark}\" there");
        }
    }
}
