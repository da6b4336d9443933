using System.Text.Json.Nodes;
using Baas.Core.Networks.Documents;
using Baas.Core.Networks.Plans;
using Baas.Core.Networks.Validation;
using Baas.Testing;

namespace Baas.Core.Tests.Networks;

public sealed class ExamplesTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Repository.In("examples"), "*.yaml").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Example_IsAcceptedWithoutWarnings(string file)
    {
        var text = File.ReadAllText(Repository.In("examples", file));

        var spec = TestSpecs.Read(text);

        var report = SpecValidator.Validate(spec, null, new SpecLimits());
        Assert.Empty(report.Violations);
        Assert.Empty(report.Warnings);
        Assert.Equal(["organizations", "nodes", "channels", "chaincodes"], NetworkPlan.Between(null, spec).Phases.Select(phase => phase.Name));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Example_IsAcceptedByTheSchemaAsWrittenAndWithItsDefaults(string file)
    {
        var document = SpecDocument.Parse(File.ReadAllText(Repository.In("examples", file)), SpecFormat.Yaml);
        var filled = SpecWriter.Write(TestSpecs.Read(File.ReadAllText(Repository.In("examples", file))), SpecFormat.Json);

        // A version such as 1.0 is a number to YAML; the reader takes its text, which plain JSON Schema cannot say.
        Assert.All(JsonSchemaCheck.Of(SpecSchema.Document, document.Root), violation => Assert.EndsWith(".version type", violation, StringComparison.Ordinal));
        Assert.Empty(JsonSchemaCheck.Of(SpecSchema.Document, JsonNode.Parse(filled)));
    }

    [Fact]
    public void Schema_WrongDocument_IsRefusedByTheSchema()
    {
        var node = JsonNode.Parse("""{"name":"No Name","fabricVersion":"3.1.5","ordering":{"nodes":0},"organizations":[{"peers":"2"}],"surprise":1}""");

        Assert.Equal(
            ["$.name pattern", "$.ordering.nodes range", "$.organizations[0].name required", "$.organizations[0].peers type", "$.surprise additionalProperties"],
            JsonSchemaCheck.Of(SpecSchema.Document, node));
    }

    [Fact]
    public void TwoOrgs_HasWhatItsFirstUsersAreTold()
    {
        var spec = TestSpecs.Read(File.ReadAllText(Repository.In("examples", "two-orgs.yaml")));

        Assert.Equal(3, spec.Ordering.Orderers().Count);
        Assert.Equal(["Org1MSP", "Org2MSP"], spec.Organizations.Select(organization => organization.MspId.Value));
        Assert.Equal(["peer-1.org1", "peer-2.org1", "peer-1.org2", "peer-2.org2"], spec.Organizations.SelectMany(organization => organization.PeerNodes()).Select(node => node.ToString()));
        Assert.Equal(spec.Organizations.Select(organization => organization.Name), Assert.Single(spec.Channels).Organizations);
    }
}
