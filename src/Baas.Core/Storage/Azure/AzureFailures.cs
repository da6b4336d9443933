using System.Net;
using Azure;
using Azure.Storage.Blobs.Models;

namespace Baas.Core.Storage.Azure;

/// <summary>What a failed call of Azure's blob storage means to the users of a blob store.</summary>
internal static class AzureFailures
{
    private const int NoAnswer = 0;

    /// <summary>Whether the client library reports a failed call by this; after several attempts it wraps them all.</summary>
    public static bool IsOne(Exception failure) => Find(failure) is not null;

    /// <summary>Whether the blob is not there. A container that is not there is no absence of a blob.</summary>
    public static bool IsAbsence(Exception failure) =>
        Find(failure) is { Status: (int)HttpStatusCode.NotFound } request && request.ErrorCode != BlobErrorCode.ContainerNotFound;

    /// <summary>Whether the blob is not there; where containers are made when they are needed, one that is not there has no blobs.</summary>
    public static bool IsAbsence(Exception failure, bool isMadeWhenNeeded) => IsAbsence(failure) || (isMadeWhenNeeded && IsContainerAbsence(failure));

    /// <summary>Whether the container is not there.</summary>
    public static bool IsContainerAbsence(Exception failure) => Find(failure)?.ErrorCode == BlobErrorCode.ContainerNotFound;

    /// <summary>Whether the condition of a write does not hold.</summary>
    public static bool IsConflict(Exception failure) =>
        Find(failure) is { } request
        && (request.Status == (int)HttpStatusCode.PreconditionFailed || request.ErrorCode == BlobErrorCode.BlobAlreadyExists);

    /// <summary>The failure as the store reports it: <c>storage-unavailable</c> (worth another try) or <c>storage-refused</c>.</summary>
    public static StorageException Of(string verb, string name, Exception failure, string what = "blob")
    {
        var request = Find(failure);
        var status = request?.Status ?? NoAnswer;
        var cause = status == NoAnswer ? "the storage account does not answer" : $"the storage account answers {status} {request?.ErrorCode}";
        return status is NoAnswer or >= 500 or (int)HttpStatusCode.RequestTimeout or (int)HttpStatusCode.TooManyRequests
            ? new StorageException("storage-unavailable", $"cannot {verb} {what} \"{name}\": {cause}", failure) { IsTransient = true }
            : new StorageException("storage-refused", $"cannot {verb} {what} \"{name}\": {cause}", failure);
    }

    private static RequestFailedException? Find(Exception failure) =>
        failure as RequestFailedException ?? (failure as AggregateException)?.InnerExceptions.OfType<RequestFailedException>().FirstOrDefault();
}
