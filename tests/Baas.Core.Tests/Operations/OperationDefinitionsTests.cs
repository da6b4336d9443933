using Baas.Core.Operations;
using Baas.Core.Records;

namespace Baas.Core.Tests.Operations;

public sealed class OperationDefinitionsTests
{
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Of_EveryKindWithAWorkflow_IsDefined(OperationKind kind) => Assert.Equal(kind, OperationDefinitions.Of(kind).Kind);

    // A schedule is set when it is on record: nothing is begun.
    public static TheoryData<OperationKind> Kinds => [.. Enum.GetValues<OperationKind>().Except([OperationKind.SetBackupSchedule])];
}
