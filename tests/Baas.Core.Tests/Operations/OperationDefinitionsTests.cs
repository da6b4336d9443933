using Baas.Core.Operations;
using Baas.Core.Records;

namespace Baas.Core.Tests.Operations;

public sealed class OperationDefinitionsTests
{
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_EveryKind_IsDefined(OperationKind kind) => Assert.Equal(kind, OperationDefinitions.Of(kind).Kind);

    public static TheoryData<OperationKind> Kinds => [.. Enum.GetValues<OperationKind>()];
}
