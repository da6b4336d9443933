using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Emulation.Nodes;

/// <summary>The operations endpoint that every node has.</summary>
/// <param name="version">The version that the image's tag names.</param>
/// <param name="metrics">Gives name and value of what is measured now.</param>
/// <param name="clock">The time.</param>
internal sealed class OperationsApi(string version, Func<IEnumerable<(string Name, double Value)>> metrics, TimeProvider clock)
{
    private string _logSpec = "info";

    /// <summary>Serves one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        switch (http.Request.Method, http.Request.Path.Value)
        {
            case ("GET", "/healthz"):
                await Json(http, $$"""{"status":"OK","time":"{{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffffffZ}}"}""");
                break;
            case ("GET", "/version"):
                await Json(http, $$"""{"CommitSHA":"emulated","Version":"{{version}}"}""");
                break;
            case ("GET", "/logspec"):
                await Json(http, $$"""{"spec":"{{_logSpec}}"}""");
                break;
            case ("PUT", "/logspec"):
                await SetLogSpecAsync(http);
                break;
            case ("GET", "/metrics"):
                http.Response.ContentType = "text/plain; version=0.0.4";
                await http.Response.WriteAsync(MetricsText(), http.RequestAborted);
                break;
            default:
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private async Task SetLogSpecAsync(HttpContext http)
    {
        try
        {
            var body = await http.Request.ReadFromJsonAsync<Dictionary<string, string>>(http.RequestAborted);
            _logSpec = body?.GetValueOrDefault("spec") is { Length: > 0 } spec && !spec.Contains('"', StringComparison.Ordinal) ? spec : "info";
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (System.Text.Json.JsonException)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
        }
    }

    private string MetricsText()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in metrics().Prepend(($"fabric_version{{version=\"{version}\"}}", 1)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
        }

        return text.ToString();
    }

    private static Task Json(HttpContext http, string text)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
