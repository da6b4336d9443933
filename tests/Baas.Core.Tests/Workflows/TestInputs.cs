using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Testing;

namespace Baas.Core.Tests.Workflows;

/// <summary>The inputs of the workflows under test: those of the examples that users start with, with a transaction that proves them.</summary>
internal static class TestInputs
{
    public static NetworkSpec TwoOrganizations { get; } = WithVerification(Example("two-orgs.yaml"));

    private static NetworkReference Network { get; } = new(TenantName.Parse("acme"), TwoOrganizations.Name);

    private static OperationId Operation { get; } = OperationId.Parse("op-test");

    public static CreateNetwork.Input Create(OnFailure onFailure = OnFailure.Rollback) => new(Network, Operation, TwoOrganizations, onFailure);

    public static DeleteNetwork.Input Delete() => new(Network, Operation, TwoOrganizations);

    private static NetworkSpec WithVerification(NetworkSpec spec) =>
        spec with { Chaincodes = [.. spec.Chaincodes.Select(chaincode => chaincode with { Verify = new VerifySpec { Function = "Create", Args = ["proof", "baas", "1"] } })] };

    private static NetworkSpec Example(string name)
    {
        var reading = SpecReader.Read(File.ReadAllText(Repository.In("examples", name)), SpecFormat.Yaml, 100_000);
        return reading.Spec ?? throw new InvalidDataException(string.Join("; ", reading.Violations));
    }
}
