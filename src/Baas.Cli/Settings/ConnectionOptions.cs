using System.CommandLine;
using Baas.Cli.Api;

namespace Baas.Cli.Settings;

/// <summary>The options of every command that asks a service, and where their values come from when they are left out.</summary>
internal static class ConnectionOptions
{
    private static readonly Option<string?> Server = new("--server")
    {
        Description = "The service's address [default: $BAAS_SERVER, else the service that was started or used last]",
        HelpName = "URL",
        Recursive = true,
    };

    private static readonly Option<string?> Tenant = new("--tenant") { Description = "The tenant [default: $BAAS_TENANT, else that of the service]", HelpName = "NAME", Recursive = true };

    private static readonly Option<FileInfo?> KeyFile = new("--api-key-file")
    {
        Description = "A file that holds the API key [default: $BAAS_API_KEY, else the key in the user's settings]",
        HelpName = "FILE",
        Recursive = true,
    };

    /// <summary>Adds the options to the whole program.</summary>
    public static void AddTo(RootCommand root)
    {
        root.Options.Add(Server);
        root.Options.Add(Tenant);
        root.Options.Add(KeyFile);
    }

    /// <summary>A client of the service that the command line, the environment or the settings name, in this order.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="allTenants">Whether addresses begin above the tenants.</param>
    /// <exception cref="CliException">None names one, or what is named is wrong.</exception>
    public static ApiClient Connect(ParseResult line, bool allTenants = false)
    {
        var settings = UserSettings.Load();
        var wanted = line.GetValue(Server) ?? Environment.GetEnvironmentVariable("BAAS_SERVER");
        var known = Find(settings, wanted);
        var server = wanted is null
            ? known?.Server ?? throw new CliException(ExitCode.BadInput, "cannot tell which service is meant: start one with \"baas up\", or name one with --server")
            : AddressOf(wanted);
        var tenant = line.GetValue(Tenant) ?? Environment.GetEnvironmentVariable("BAAS_TENANT") ?? known?.Tenant ?? "default";
        return new ApiClient(new ServiceAddress(server, Uri.EscapeDataString(tenant), KeyOf(line) ?? Environment.GetEnvironmentVariable("BAAS_API_KEY") ?? known?.ApiKey), allTenants);
    }

    private static KnownService? Find(UserSettings settings, string? wanted)
    {
        if (wanted is null)
        {
            return settings.Current is { } current ? settings.Services.GetValueOrDefault(current) : null;
        }

        return Uri.TryCreate(wanted, UriKind.Absolute, out var address) ? settings.Services.Values.FirstOrDefault(service => service.Server == address) : null;
    }

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new CliException(ExitCode.BadInput, $"cannot use server \"{text}\": it has to be an address such as http://127.0.0.1:7700");

    private static string? KeyOf(ParseResult line)
    {
        if (line.GetValue(KeyFile) is not { } file)
        {
            return null;
        }

        try
        {
            return File.ReadAllText(file.FullName).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read API key file \"{file}\": {failure.Message}", failure);
        }
    }
}
