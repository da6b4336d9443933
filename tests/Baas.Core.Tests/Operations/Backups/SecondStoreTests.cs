using Baas.Core.Storage;
using Baas.Core.Storage.Files;
using Baas.Testing;

namespace Baas.Core.Tests.Operations.Backups;

/// <summary>The contract of two stores, on files.</summary>
public sealed class SecondStoreTests : SecondStoreContract, IDisposable
{
    private readonly TestFolder _folder = new();
    private int _stores;

    public void Dispose() => _folder.Dispose();

    protected override Task<IBlobStore> NewAsync() => Task.FromResult<IBlobStore>(new FileBlobStore(_folder.In($"{++_stores}")));
}
