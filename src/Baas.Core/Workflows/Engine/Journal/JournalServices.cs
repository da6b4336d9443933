using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Baas.Core.Workflows.Engine.Journal;

/// <summary>Registers the embedded workflow engine.</summary>
internal static class JournalServices
{
    /// <summary>Adds the engine as the workflow client. The host configures <see cref="JournalOptions"/> and starts the engine once all else is there.</summary>
    public static IServiceCollection AddJournalEngine(this IServiceCollection services)
    {
        services.AddOptions<JournalOptions>().ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<WorkflowCatalog>();
        services.TryAddSingleton(provider => new JournalEngine(
            provider.GetRequiredService<IOptions<JournalOptions>>().Value,
            provider.GetRequiredService<WorkflowCatalog>(),
            provider,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<JournalEngine>>()));
        services.TryAddSingleton<IWorkflowClient>(provider => provider.GetRequiredService<JournalEngine>());
        return services;
    }
}
