using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Core.Kubernetes;

/// <summary>Registers the clusters.</summary>
public static class KubernetesServices
{
    /// <summary>Adds <see cref="KubernetesClusters"/> over Baas's own REST client; a <see cref="TimeProvider"/> has to be registered, too.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Fills the options, from settings or by hand; they are checked when the host starts.</param>
    public static IServiceCollection AddKubernetes(this IServiceCollection services, Action<ClustersOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<ClustersOptions>().Configure(configure).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton(provider =>
        {
            var clock = provider.GetRequiredService<TimeProvider>();
            var options = provider.GetRequiredService<IOptions<ClustersOptions>>().Value;
            return new KubernetesClusters([.. options.Clusters], cluster => KubernetesConnector.Connect(cluster, clock));
        });
    }
}
