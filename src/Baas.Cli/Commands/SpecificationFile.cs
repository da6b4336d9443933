using System.CommandLine;

namespace Baas.Cli.Commands;

/// <summary>A specification that the command line names.</summary>
internal static class SpecificationFile
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The option that names it.</summary>
    public static Option<FileInfo> Option(bool required) => new("--file", "-f")
    {
        Description = "The network's specification, YAML or JSON",
        HelpName = "FILE",
        Required = required,
    };

    /// <summary>Reads it as the body of a request.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static HttpContent Read(FileInfo file)
    {
        try
        {
            if (file.Exists && file.Length > MaxBytes)
            {
                throw new CliException(ExitCode.BadInput, $"cannot use specification \"{file}\": it has {file.Length} bytes");
            }

            var text = File.ReadAllText(file.FullName);
            return Api.ApiClient.Specification(text, isYaml: !file.Extension.Equals(".json", StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read specification \"{file}\": {failure.Message}", failure);
        }
    }
}
