using Baas.Testing;
using YamlDotNet.RepresentationModel;

namespace Baas.Functions.Tests.Infra;

/// <summary>YAML of the repository.</summary>
internal static class Yaml
{
    public static YamlStream Parse(string path)
    {
        YamlStream yaml = [];
        using var reader = File.OpenText(Repository.In(path));
        yaml.Load(reader);
        return yaml;
    }
}
