using Baas.Core;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>
/// Asks each cluster of the settings once when the service starts. One that cannot be used ends nothing, since networks of others need the service; it is told, with
/// the setting to mend and how.
/// </summary>
internal sealed class ClusterCheck(KubernetesClusters clusters, ILogger<ClusterCheck> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(clusters.All.Select((cluster, number) => Task.Run(() => CheckAsync(cluster.Name, number, stoppingToken), stoppingToken)));

    private async Task CheckAsync(string name, int number, CancellationToken cancellationToken)
    {
        try
        {
            await clusters.Get(ClusterName.Parse(name)).Api.GetAsync(ResourceReference.OfEveryCluster, cancellationToken);
        }
        catch (BaasException failure)
        {
            logger.ClusterUnusable(number, name, failure.Message, AdviceOn(failure.Code));
        }
    }

    private static string AdviceOn(string code) => code switch
    {
        "cluster-unauthorized" => "check its credentials, and bind the ClusterRole of infra/kubernetes/rbac.yaml to whoever they stand for",
        "cluster-untrusted" => "its kubeconfig has to hold the authority that the API server's certificate is from",
        "cluster-unreachable" or "cluster-unavailable" or "cluster-busy" => "check the address in its kubeconfig, and that the network lets this service reach it",
        "exec-plugin-failed" => "install its kubeconfig's credential plugin on this machine, and sign in with it",
        _ => "correct the kubeconfig that the setting names",
    };
}
