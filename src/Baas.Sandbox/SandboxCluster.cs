using System.Security.Cryptography;
using Baas.Sandbox.Cluster.Api;
using Baas.Sandbox.Cluster.Certificates;
using Baas.Sandbox.Cluster.Controllers;
using Baas.Sandbox.Cluster.Store;
using Baas.Sandbox.Processes;

namespace Baas.Sandbox;

/// <summary>A Kubernetes cluster in this process. All it knows survives the process; one process at a time may have its data folder.</summary>
public sealed class SandboxCluster : IAsyncDisposable
{
    private readonly FileStream _lock;
    private readonly ClusterCertificates _certificates;
    private readonly ControlPlane _controlPlane;
    private readonly ApiServer _api;

    private SandboxCluster(FileStream folderLock, ObjectStore store, ClusterCertificates certificates, ControlPlane controlPlane, ApiServer api, string kubeconfigPath)
    {
        (_lock, _certificates, _controlPlane, _api) = (folderLock, certificates, controlPlane, api);
        (Store, KubeconfigPath) = (store, kubeconfigPath);
    }

    /// <summary>The file by which kubectl and Baas find the cluster; its mode is 0600.</summary>
    public string KubeconfigPath { get; }

    /// <summary>Whether Fabric's nodes are emulated; otherwise they are Fabric's own programs.</summary>
    public bool IsEmulated { get; private init; }

    /// <summary>Where the Kubernetes API listens.</summary>
    public Uri ApiAddress => _api.Address;

    internal ObjectStore Store { get; }

    /// <summary>A kubeconfig of a user of that name, who may do what roles that are bound to it allow.</summary>
    internal string KubeconfigOf(string user)
    {
        using var certificate = CertificateMaker.User(_certificates.Authority, user, TimeProvider.System);
        return KubeconfigFile.Text(ApiAddress, _certificates.Authority, certificate);
    }

    /// <summary>Starts the cluster with what its data folder holds; pods of an earlier run start again with the same addresses and volumes.</summary>
    /// <exception cref="Core.BaasException">The folder is in use, cannot be written, is of a newer version or holds nodes of the other kind; the port is taken; or the machine lacks the addresses or Fabric's programs.</exception>
    public static async Task<SandboxCluster> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var full = options with { DataFolder = Path.GetFullPath(options.DataFolder) };
        var opened = new Stack<IAsyncDisposable>();
        try
        {
            var folderLock = Lock(full.DataFolder);
            opened.Push(folderLock);
            await ProcessLeftovers.EndAsync(Path.Combine(full.DataFolder, ControlPlane.PodsFolderName), cancellationToken);
            full = await NodeRuntimes.ChooseAsync(full, cancellationToken);
            var store = ObjectStore.Open(new StoreOptions { Folder = Path.Combine(full.DataFolder, "objects"), Clock = full.Clock });
            opened.Push(store);
            var certificates = ClusterCertificates.Open(Path.Combine(full.DataFolder, "certificates"), full.Clock);
            var controlPlane = ControlPlane.Start(store, full, Seed(full.DataFolder));
            opened.Push(controlPlane);
            var api = await ApiPorts.StartAsync(store, full, certificates, controlPlane.Logs, cancellationToken);
            opened.Push(api);
            var kubeconfig = Path.Combine(full.DataFolder, "kubeconfig");
            KubeconfigFile.Write(kubeconfig, api.Address, certificates);
            return new SandboxCluster(folderLock, store, certificates, controlPlane, api, kubeconfig) { IsEmulated = full.Runtimes.Any(runtime => runtime.IsEmulated) };
        }
        catch
        {
            while (opened.TryPop(out var part))
            {
                await part.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Ends the API, then all programs gracefully, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _controlPlane.DisposeAsync();
        await Store.DisposeAsync();
        _certificates.Dispose();
        await _lock.DisposeAsync();
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            MakePrivate(folder);
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new SandboxException("data-folder-in-use", $"cannot use data folder \"{folder}\": another sandbox uses it, or it cannot be written: {failure.Message}", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new SandboxException("data-folder-unwritable", $"cannot use data folder \"{folder}\": {failure.Message}", failure);
        }
    }

    // Volumes hold what nodes write, private data included, with the modes that nodes choose: nobody else may look inside.
    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, OwnerOnly);
        File.SetUnixFileMode(folder, OwnerOnly);
    }

    private static string Seed(string folder)
    {
        var path = Path.Combine(folder, "cluster-id");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, RandomNumberGenerator.GetHexString(16, lowercase: true));
        }

        return File.ReadAllText(path);
    }
}
