using System.Text.RegularExpressions;
using Baas.Core.Kubernetes;
using Baas.Testing;
using YamlDotNet.RepresentationModel;

namespace Baas.Functions.Tests.Infra;

/// <summary>What stands in <c>infra</c> has to fit the code; the tools that would check it for good are not on every machine.</summary>
public sealed partial class InfrastructureTests
{
    private const string Roles = "infra/kubernetes/rbac.yaml";

    public static TheoryData<string> YamlFiles =>
    [
        .. Directory.EnumerateFiles(Repository.In("infra"), "*.yaml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/templates/", StringComparison.Ordinal)),
        ".github/workflows/ci.yml",
    ];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Yaml_Parses(string path) => Assert.NotEmpty(Yaml.Parse(path).Documents);

    [Fact]
    public void Roles_AreForTheKindsThatBaasUses()
    {
        var used =
            from folder in new[] { "src/Baas.Core/Kubernetes/Manifests", "src/Baas.Core/Steps" }
            from file in Directory.EnumerateFiles(Repository.In(folder), "*.cs", SearchOption.AllDirectories)
            from Match kind in KindOf().Matches(File.ReadAllText(file))
            select ((ResourceKind)typeof(ResourceKind).GetProperty(kind.Groups[1].Value)!.GetValue(null)!).Plural; // the source compiles, so it is there

        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), Rules().Select(rule => rule.Resource).Where(resource => !resource.Contains('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Roles_LetNobodyReadSecrets() =>
        Assert.DoesNotContain(Rules(), rule => rule.Resource == "secrets" && rule.Verbs.Intersect(["get", "list", "watch", "*"]).Any());

    [Fact]
    public void Chart_HasTheSameRoles()
    {
        var roles = File.ReadAllText(Repository.In(Roles));

        Assert.Contains(roles[roles.IndexOf("rules:", StringComparison.Ordinal)..], File.ReadAllText(Repository.In("infra/helm/baas/templates/rbac.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_HoldNoSecrets()
    {
        var suspicious =
            from file in Directory.EnumerateFiles(Repository.In("infra"), "*", SearchOption.AllDirectories)
            from line in File.ReadLines(file)
            where SecretLine().IsMatch(line)
            select $"{file}: {line}";

        Assert.Empty(suspicious);
    }

    private static IEnumerable<(string Resource, string[] Verbs)> Rules() =>
        from rule in (YamlSequenceNode)Yaml.Parse(Roles).Documents[0].RootNode["rules"]
        from resource in (YamlSequenceNode)rule["resources"]
        select (resource.ToString(), ((YamlSequenceNode)rule["verbs"]).Select(verb => verb.ToString()).ToArray());

    [GeneratedRegex(@"\bResourceKind\.(\w+)")]
    private static partial Regex KindOf();

    [GeneratedRegex(@"AccountKey=|SharedAccessSignature|BEGIN [A-Z ]*PRIVATE KEY|password\s*[:=]\s*['""][^'""]+", RegexOptions.IgnoreCase)]
    private static partial Regex SecretLine();
}
