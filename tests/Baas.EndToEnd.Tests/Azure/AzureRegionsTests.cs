using Baas.Core.Kubernetes;
using Baas.EndToEnd.Tests.Clusters;
using Baas.Functions.Hosting.Azure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>The same with the function app's way to clusters.</summary>
public sealed class AzureRegionsTests : RegionsTests
{
    private protected override void Adjust(IServiceCollection services) => services.AddSingleton(provider =>
        new KubernetesClusters([.. provider.GetRequiredService<IOptions<ClustersOptions>>().Value.Clusters], new ClusterConnector(null, TimeProvider.System).Connect));
}
