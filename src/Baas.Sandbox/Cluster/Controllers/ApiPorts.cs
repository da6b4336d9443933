using System.Globalization;
using Baas.Sandbox.Cluster.Api;
using Baas.Sandbox.Cluster.Certificates;
using Baas.Sandbox.Cluster.Kubelet;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Starts the API where it was the last time, so that kubeconfigs that somebody copied stay valid.</summary>
internal static class ApiPorts
{
    private const string FileName = "api-port";

    /// <summary>Starts the API on the port of the settings, else on that of the last run, else on any.</summary>
    /// <exception cref="SandboxException">The port of the settings is taken.</exception>
    public static async Task<ApiServer> StartAsync(
        ObjectStore store, SandboxOptions options, ClusterCertificates certificates, IPodLogs logs, CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.DataFolder, FileName);
        var remembered = options.ApiPort == 0 ? await LastAsync(path, cancellationToken) : 0;
        var server = new ApiServerOptions
        {
            Certificates = certificates,
            Logs = logs,
            VolumesFolder = ControlPlane.VolumesFolderOf(options),
            Audit = options.Audit,
            Address = options.ApiAddress,
            Port = options.ApiPort + remembered,
        };
        ApiServer api;
        try
        {
            api = await ApiServer.StartAsync(store, server, cancellationToken);
        }
        catch (IOException) when (remembered != 0)
        {
            api = await ApiServer.StartAsync(store, server with { Port = 0 }, cancellationToken);
        }
        catch (IOException taken)
        {
            throw new SandboxException("port-in-use", $"cannot start the sandbox's API on \"{options.ApiAddress}:{options.ApiPort}\": {taken.Message}", taken);
        }

        await File.WriteAllTextAsync(path, api.Address.Port.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return api;
    }

    // 0 when there was no last run.
    private static async Task<int> LastAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) && int.TryParse(await File.ReadAllTextAsync(path, cancellationToken), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0;
}
