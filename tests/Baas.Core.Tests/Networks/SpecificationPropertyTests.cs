using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Networks.Plans;
using Baas.Core.Networks.Validation;
using Baas.Testing.Networks;
using FsCheck;
using FsCheck.Fluent;

namespace Baas.Core.Tests.Networks;

/// <summary>Whatever is sent is either accepted as a whole, or refused with the place and code of each violation.</summary>
public sealed class SpecificationPropertyTests
{
    private const int Documents = 10_000;

    [Fact]
    public void Read_AnyDocument_IsAcceptedOrRefusedWithPathsAndCodes()
    {
        var (accepted, refused) = (0, 0);

        ForAll(seed =>
        {
            var document = RandomDocuments.Of(seed, placed: true);
            var violations = Judge(document, out var spec);
            if (spec is null)
            {
                Assert.False(document.IsValid, $"{violations.FirstOrDefault()} in {document.Text}");
                Assert.NotEmpty(violations);
                Assert.All(violations, CheckForm);
                refused++;
                return;
            }

            CheckAccepted(spec);
            accepted++;
        });

        // The generator has to reach both sides well.
        Assert.True(accepted > Documents / 10 && refused > Documents / 10, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void Schema_AcceptedSpecification_IsAcceptedByTheSchema()
    {
        var schema = SpecSchema.Document;

        for (var seed = 1; seed <= 500; seed++)
        {
            var spec = RandomSpecs.Next(new Random(seed), placed: true);
            Assert.Empty(JsonSchemaCheck.Of(schema, JsonNode.Parse(SpecWriter.Write(spec, SpecFormat.Json))));
        }
    }

    private static IReadOnlyList<Violation> Judge(RandomDocument document, out NetworkSpec? spec)
    {
        var reading = SpecReader.Read(document.Text, document.Format, 256 * 1024);
        var violations = reading.IsValid ? SpecValidator.Validate(reading.Spec, null, new SpecLimits()).Violations : reading.Violations;
        spec = violations.Count == 0 ? reading.Spec : null;
        return violations;
    }

    private static void CheckForm(Violation violation)
    {
        Assert.StartsWith("$", violation.Path, StringComparison.Ordinal);
        Assert.Matches("^[a-z]+(-[a-z]+)*$", violation.Code);
        Assert.NotEmpty(violation.Message);
        Assert.DoesNotContain('\n', violation.Message);
        Assert.True(violation.Path.Length < 4000 && violation.Message.Length < 4000, "a violation repeats too much of what was sent");
    }

    private static void CheckAccepted(NetworkSpec spec)
    {
        var canonical = SpecWriter.Canonical(spec);
        foreach (var format in Enum.GetValues<SpecFormat>())
        {
            var again = SpecReader.Read(SpecWriter.Write(spec, format), format, 1024 * 1024);
            Assert.True(again.IsValid, $"{format}: {again.Violations.FirstOrDefault()}");
            Assert.Equal(canonical, SpecWriter.Canonical(again.Spec));
        }

        var plan = NetworkPlan.Between(null, spec);
        Assert.Empty(plan.Violations);
        Assert.Equal("organizations", plan.Phases[0].Name);
        Assert.True(NetworkPlan.Between(spec, spec).IsEmpty);
        Assert.Equal(JsonSerializer.Serialize(plan, NetworkJson.Options), JsonSerializer.Serialize(Reread(plan), NetworkJson.Options));
    }

    private static NetworkPlan? Reread(NetworkPlan plan) => JsonSerializer.Deserialize<NetworkPlan>(JsonSerializer.Serialize(plan, NetworkJson.Options), NetworkJson.Options);

    private static void ForAll(Action<int> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Documents), Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), check));
}
