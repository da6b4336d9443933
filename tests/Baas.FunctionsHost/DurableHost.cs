using System.Text.Json;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

#pragma warning disable CS0618 // IWebHookProvider is for the host alone, which this stands in for

namespace Baas.FunctionsHost;

/// <summary>The host's own extensions for durable functions and for queues with Azure Storage, as the app's host.json sets them; the connection is AzureWebJobsStorage.</summary>
internal static class DurableHost
{
    private static readonly string[] Extensions = ["durableTask", "queues"];

    /// <summary>Begins to dispatch to the worker.</summary>
    /// <returns>The host, and what functions with a durable client are given for it.</returns>
    public static async Task<(IHost Host, string Client)> StartAsync(WorkerChannel worker, Uri address)
    {
        TaskCompletionSource<string> client = new();
        var host = new HostBuilder()
            .ConfigureAppConfiguration(settings => settings.AddInMemoryCollection(Settings()).AddEnvironmentVariables())
            .ConfigureWebJobs(jobs =>
            {
                jobs.AddDurableTask();
                jobs.AddAzureStorageQueues();
            })
            .ConfigureServices(services => services
                .AddSingleton(worker)
                .AddSingleton(client)
                .AddSingleton<IWebHookProvider>(new WebHooks(new Uri(address, "runtime/webhooks/durabletask")))
                .AddSingleton<ITypeLocator, Locator>())
            .ConfigureLogging(logging => logging.ClearProviders().AddFilter(level => level >= LogLevel.Warning).AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace))
            .Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IJobHost>().CallAsync(nameof(DurableFunctions.LearnClient));
        return (host, await client.Task);
    }

    /// <summary>The sections of host.json, as settings.</summary>
    private static Dictionary<string, string?> Settings()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json")));
        Dictionary<string, string?> settings = [];
        foreach (var extension in Extensions)
        {
            Flatten($"AzureWebJobs:Extensions:{extension}", file.RootElement.GetProperty("extensions").GetProperty(extension), settings);
        }

        return settings;
    }

    private static void Flatten(string path, JsonElement element, Dictionary<string, string?> settings)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            settings[path] = element.ToString();
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            Flatten($"{path}:{property.Name}", property.Value, settings);
        }
    }

    private sealed class WebHooks(Uri address) : IWebHookProvider
    {
        public Uri GetUrl(IExtensionConfigProvider extension) => address;
    }

    private sealed class Locator : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [typeof(DurableFunctions), typeof(QueueFunctions)];
    }
}
