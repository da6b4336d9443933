using Baas.Core.Storage;
using Baas.Testing.Storage;

namespace Baas.Core.Tests.Storage;

public sealed class MemoryBlobStoreTests : BlobStoreContract
{
    protected override IBlobStore Store { get; } = new MemoryBlobStore();
}
