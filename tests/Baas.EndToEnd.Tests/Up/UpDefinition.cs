namespace Baas.EndToEnd.Tests.Up;

/// <summary>The tests that share the network of one <c>baas up</c>; one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class UpDefinition : ICollectionFixture<ServedNetwork>
{
    public const string Name = "baas up";
}
