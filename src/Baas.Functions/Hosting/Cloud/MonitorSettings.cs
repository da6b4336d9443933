using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Configuration;

namespace Baas.Functions.Hosting.Cloud;

/// <summary>The settings of Application Insights. Their names are Azure's: the host reads them, too.</summary>
internal static class MonitorSettings
{
    /// <summary>The setting that says where telemetry goes.</summary>
    public const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>The setting that says how it is authorised.</summary>
    public const string Authentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    private static readonly string[] Addresses = ["IngestionEndpoint", "LiveEndpoint"];

    /// <summary>Where telemetry goes; null for nowhere.</summary>
    /// <exception cref="HostingException">The setting is malformed (<c>setting-invalid</c>).</exception>
    public static string? ReadConnection(IConfiguration settings)
    {
        if (settings[Connection] is not { Length: > 0 } text)
        {
            return null;
        }

        var fields = text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2)).ToLookup(field => field[0].Trim(), field => field.ElementAtOrDefault(1)?.Trim(), StringComparer.OrdinalIgnoreCase);
        if (!Guid.TryParse(fields["InstrumentationKey"].FirstOrDefault(), out _))
        {
            throw Invalid("has no InstrumentationKey that is a GUID");
        }

        return Addresses.FirstOrDefault(name => !fields[name].All(IsAddress)) is { } wrong ? throw Invalid($"has no address in {wrong}") : text;
    }

    /// <summary>Whether the app's identity has to be shown: resources that the templates make take no telemetry without.</summary>
    public static bool NeedsIdentity(IConfiguration settings) =>
        settings[Authentication] is { } text && text.Replace(" ", "", StringComparison.Ordinal).Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);

    // Not its text: the key in it is for nobody's eyes.
    private static HostingException Invalid(string why) =>
        new("setting-invalid", $"setting \"{Connection}\" {why}; copy the connection string of the Application Insights resource, or leave the setting out");
}
