using Baas.Core.Fabric.Protos.Common;

namespace Baas.Core.Tests.Fabric;

/// <summary>Data made by Fabric's own tools; see Golden/README.md.</summary>
internal static class GoldenFiles
{
    public static byte[] Read(params string[] path) => File.ReadAllBytes(Path.Combine([AppContext.BaseDirectory, "Golden", .. path]));

    public static string Text(params string[] path) => File.ReadAllText(Path.Combine([AppContext.BaseDirectory, "Golden", .. path]));

    public static Block Block(int number) => Baas.Core.Fabric.Protos.Common.Block.Parser.ParseFrom(Read("blocks", $"{number}.block"));

    public static Config Config(string folder, string file) => Baas.Core.Fabric.Protos.Common.Config.Parser.ParseFrom(Read("config-update", folder, file));
}
