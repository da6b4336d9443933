using System.Net.Http.Headers;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Operations.Access;
using Baas.Core.Records;
using Baas.Core.Storage.Azure;
using Baas.Core.Storage.Queues;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Testing;
using Baas.Testing.Storage.Azure;

namespace Baas.EndToEnd.Tests.Azure;

/// <summary>A function app with all that it needs: a storage account (Azurite), a sandbox cluster, an administrator's key.</summary>
public sealed class AppLab : IAsyncLifetime
{
    private const string Container = "baas";

    private readonly AzuriteServer _storage = new();
    private readonly TestFolder _folder = new();
    private SandboxHost _sandbox = null!; // InitializeAsync
    private AppProcess? _app;
    private string _key = "";

    internal SandboxHost Sandbox => _sandbox;

    /// <summary>A client of the API; addresses begin below the tenant.</summary>
    internal HttpClient Http { get; private set; } = null!; // StartAsync

    internal NetworkApi Api { get; private set; } = null!; // StartAsync

    /// <summary>A client of the host, for all that is not below the tenant.</summary>
    internal HttpClient Host { get; private set; } = null!; // StartAsync

    internal AppProcess App => _app ?? throw new InvalidOperationException("the app does not run");

    public async Task InitializeAsync()
    {
        if (AzuriteServer.Program is null)
        {
            return; // the tests are skipped
        }

        _sandbox = await SandboxHost.StartAsync();
        BlobContainerClient container = new(_storage.ConnectionString, Container);
        AzureBlobStore blobs = new(container);
        await blobs.CreateContainerAsync(CancellationToken.None);
        RecordStore records = new(blobs);
        await new TenantOperations(records, TimeProvider.System).EnsureAsync(TenantName.Parse(ServiceRun.Tenant), null, CancellationToken.None);
        _key = (await new ApiKeys(records, TimeProvider.System).CreateAsync(Role.Admin, null, "tests", null, CancellationToken.None)).Key;
        await StartAsync();
    }

    /// <summary>The queues of the account, for those who send without the app.</summary>
    internal AzureWorkQueue Queue() => new(
        new QueueClient(_storage.ConnectionString, QueueNames.Work), new QueueClient(_storage.ConnectionString, QueueNames.PoisonOf(QueueNames.Work)), TimeProvider.System);

    /// <summary>Replaces a record by what nobody can read.</summary>
    internal Task DamageAsync(string record) =>
        new BlobContainerClient(_storage.ConnectionString, Container).GetBlobClient(record).UploadAsync(BinaryData.FromString("no record"), overwrite: true);

    /// <summary>Starts the app; one on the same storage may have run before.</summary>
    /// <param name="other">Settings that differ from those of the lab.</param>
    public async Task StartAsync(params (string Name, string Value)[] other)
    {
        var settings = Settings();
        foreach (var (name, value) in other)
        {
            settings[name] = value;
        }

        var (app, address) = await AppProcess.StartAsync(settings);
        _app = app;
        Host = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        var http = new HttpClient { BaseAddress = new Uri(address, $"/api/v1/tenants/{ServiceRun.Tenant}/"), Timeout = TimeSpan.FromMinutes(5) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        (Http, Api) = (http, new NetworkApi(http));
        await AnsweringAsync();
    }

    /// <summary>Waits for the first good answer: a worker that is cold, on a busy machine, misses the time in which host and worker have to meet over a request.</summary>
    private async Task AnsweringAsync()
    {
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var answer = await Host.GetAsync(new Uri("/healthz", UriKind.Relative), patience.Token);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }
        }
    }

    /// <summary>How many objects of each kind a network has in the cluster.</summary>
    internal IReadOnlyDictionary<string, int> ObjectsOf(string network) => Remains.ObjectsOf(_sandbox.Cluster.Store.State, ServiceRun.Tenant, network);

    /// <summary>A client of the cluster that is not the app's.</summary>
    internal IKubernetesApi Kubernetes() => KubernetesConnector.Connect(Cluster, TimeProvider.System);

    public async Task DisposeAsync()
    {
        _app?.Dispose();
        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }

        _storage.Dispose();
        _folder.Dispose();
    }

    private ClusterOptions Cluster => new() { Name = "default", Region = "sandbox", Kubeconfig = _sandbox.Cluster.KubeconfigPath, DefaultExposure = Exposure.LoadBalancer };

    private Dictionary<string, string> Settings() => new()
    {
        ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
        ["Logging__LogLevel__Default"] = "Warning",
        ["AzureWebJobsStorage"] = _storage.ConnectionString,
        ["azure__developmentStorage"] = _storage.ConnectionString,
        ["azure__developmentKeyFile"] = _folder.In("development.key"),
        ["azure__container"] = Container,
        ["azure__clustersTrustEntra"] = "false",
        ["oidc__authority"] = "https://127.0.0.1:9/",
        ["clusters__0__name"] = "default",
        ["clusters__0__region"] = "sandbox",
        ["clusters__0__kubeconfig"] = _sandbox.Cluster.KubeconfigPath,
        ["clusters__0__defaultExposure"] = "LoadBalancer",
        ["AzureWebJobs__Extensions__DurableTask__storageProvider__maxQueuePollingInterval"] = "00:00:01",
        ["AzureWebJobs__Extensions__Queues__maxPollingInterval"] = "00:00:01",
        ["AzureWebJobs__Extensions__Queues__visibilityTimeout"] = "00:00:01",
    };
}
