using System.Text.Json;

namespace Baas.Cli.Settings;

/// <summary>
/// What the CLI remembers between commands: in the user's own configuration folder, readable by nobody else. API keys stand here and not in a
/// service's data folder, so that a copy or a backup of that folder opens nothing.
/// </summary>
internal sealed record UserSettings
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The services by name; a local one has the name of its data folder.</summary>
    public IReadOnlyDictionary<string, KnownService> Services { get; init; } = new Dictionary<string, KnownService>();

    /// <summary>The service that commands are about unless they say otherwise.</summary>
    public string? Current { get; init; }

    /// <summary>Where the settings are: <c>BAAS_CONFIG</c>, or <c>baas/config.json</c> in the user's configuration folder.</summary>
    public static string FilePath => Environment.GetEnvironmentVariable("BAAS_CONFIG") is { Length: > 0 } path
        ? path
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "baas", "config.json");

    /// <summary>Reads the settings; empty ones when there are none.</summary>
    public static UserSettings Load()
    {
        try
        {
            return JsonSerializer.Deserialize<UserSettings>(File.ReadAllText(FilePath), Json) ?? new UserSettings();
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return new UserSettings();
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Environment, $"cannot read the settings \"{FilePath}\": {failure.Message.Split('\n')[0]}", failure);
        }
    }

    /// <summary>Remembers a service and makes it the current one.</summary>
    public static void Remember(string name, KnownService service)
    {
        var settings = Load();
        var services = new Dictionary<string, KnownService>(settings.Services) { [name] = service };
        (settings with { Services = services, Current = name }).Save();
    }

    private void Save()
    {
        try
        {
            var folder = Path.GetDirectoryName(Path.GetFullPath(FilePath))!; // a full path to a file has a folder
            Directory.CreateDirectory(folder);
            var draft = $"{FilePath}.{Environment.ProcessId}";
            using (var file = new FileStream(draft, Private()))
            {
                JsonSerializer.Serialize(file, this, Json);
            }

            File.Move(draft, FilePath, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Environment, $"cannot write the settings \"{FilePath}\": {failure.Message}", failure);
        }
    }

    private static FileStreamOptions Private()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
