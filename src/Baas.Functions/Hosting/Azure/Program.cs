using Baas.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Hosting.Azure;

/// <summary>The function app's process. The embedded host has no process of its own: <c>baas serve</c> is it.</summary>
internal static class Program
{
    private const int WrongHost = 64;

    /// <summary>Runs as the worker of a Functions host.</summary>
    public static async Task<int> Main(string[] args)
    {
        if (args.Length == 0 && Environment.GetEnvironmentVariable("FUNCTIONS_WORKER_RUNTIME") is null && Environment.GetEnvironmentVariable("WEBSITE_SITE_NAME") is null)
        {
            await Console.Error.WriteLineAsync("cannot run outside of a Functions host: use \"func start\" here, or \"baas serve\" for a machine without one");
            return WrongHost;
        }

        try
        {
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            builder.Services.AddAzureService(builder.Configuration);
            await builder.Build().RunAsync();
            return 0;
        }
        catch (Exception wrong) when (wrong is BaasException or OptionsValidationException)
        {
            await Console.Error.WriteLineAsync($"cannot start: {wrong.Message}");
            return 1;
        }
    }
}
