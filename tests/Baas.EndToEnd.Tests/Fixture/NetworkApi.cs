using System.Net;
using System.Text;
using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Operations.Renewals;
using Baas.Functions.Http;
using Baas.Functions.Http.Backups;
using Baas.Functions.Http.Certificates;
using Baas.Functions.Http.Queues;
using Baas.Testing.Time;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>The calls of the API that tests of networks need.</summary>
internal sealed class NetworkApi(HttpClient http)
{
    /// <summary>Asks for a small network.</summary>
    public async Task<OperationResource> CreateAsync(string name, bool keep = false)
    {
        using var response = await TryCreateAsync(name, keep);
        return await AcceptedAsync(response);
    }

    /// <summary>Asks for a small network; the answer may be a refusal.</summary>
    public Task<HttpResponseMessage> TryCreateAsync(string name, bool keep = false, string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, $"networks?onFailure={(keep ? "keep" : "rollback")}", SmallNetwork.Specification(name), idempotencyKey);

    /// <summary>Asks for the end of a network.</summary>
    public async Task<OperationResource> DeleteAsync(string name)
    {
        using var response = await TryDeleteAsync(name);
        return await AcceptedAsync(response);
    }

    /// <summary>Asks for the end of a network; the answer may be a refusal.</summary>
    public Task<HttpResponseMessage> TryDeleteAsync(string name, string? idempotencyKey = null, string? lostCluster = null) =>
        SendAsync(HttpMethod.Delete, $"networks/{name}{(lostCluster is null ? "" : $"?lostCluster={Uri.EscapeDataString(lostCluster)}")}", null, idempotencyKey);

    /// <summary>Tries a failed operation again.</summary>
    public async Task<OperationResource> RetryAsync(OperationResource failed)
    {
        using var response = await SendAsync(HttpMethod.Post, $"operations/{failed.Id}/retry", null, null);
        return await AcceptedAsync(response);
    }

    /// <summary>The operation that an answer has accepted.</summary>
    public static async Task<OperationResource> AcceptedAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode}: {text}");
        return Read<OperationResource>(text);
    }

    /// <summary>Creates a network and waits for the end.</summary>
    public async Task<OperationResource> CreateToEndAsync(string name, bool keep = false) => await EndOfAsync(await CreateAsync(name, keep));

    /// <summary>Creates the network of a specification and waits for the end.</summary>
    public async Task<OperationResource> CreateToEndAsync(string name, string specification)
    {
        using var response = await SendAsync(HttpMethod.Post, "networks", specification, $"create-{name}");
        return await EndOfAsync(await AcceptedAsync(response));
    }

    /// <summary>Deletes a network and waits for the end.</summary>
    public async Task<OperationResource> DeleteToEndAsync(string name) => await EndOfAsync(await DeleteAsync(name));

    /// <summary>Waits for the end of an operation, by server-sent events.</summary>
    public async Task<OperationResource> EndOfAsync(OperationResource operation, int minutes = 2)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"operations/{operation.Id}/events");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        Assert.True(response.StatusCode == HttpStatusCode.OK, response.StatusCode == HttpStatusCode.OK ? "" : $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(deadline.Token)}");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(deadline.Token), Encoding.UTF8);
        var isEnd = false;
        while (await lines.ReadLineAsync(deadline.Token) is { } line)
        {
            isEnd |= line == "event: end";
            if (isEnd && line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return Read<OperationResource>(line["data: ".Length..]);
            }
        }

        throw new InvalidOperationException($"the events of operation {operation.Id} ended before it did");
    }

    /// <summary>An operation as it is now.</summary>
    public async Task<OperationResource> GetOperationAsync(OperationId operation) => await GetAsync<OperationResource>($"operations/{operation}") ?? throw new InvalidOperationException($"no {operation}");

    /// <summary>The first page of the tenant's operations, without their steps.</summary>
    public async Task<IReadOnlyList<OperationResource>> ListOperationsAsync() => (await GetAsync<PageResource<OperationResource>>("operations"))?.Items ?? [];

    /// <summary>A network as it is now; null when there is none.</summary>
    public Task<NetworkResource?> FindAsync(string name) => GetAsync<NetworkResource>($"networks/{name}");

    /// <summary>Asks for a backup; the answer may be a refusal.</summary>
    public Task<HttpResponseMessage> TryBackUpAsync(string network, string? idempotencyKey = null) => SendAsync(HttpMethod.Post, $"networks/{network}/backups", null, idempotencyKey);

    /// <summary>Takes a backup and waits for the end.</summary>
    public async Task<OperationResource> BackUpToEndAsync(string network)
    {
        using var response = await TryBackUpAsync(network);
        return await EndOfAsync(await AcceptedAsync(response));
    }

    /// <summary>Asks for a restore; the answer may be a refusal.</summary>
    public Task<HttpResponseMessage> TryRestoreAsync(
        string network, BackupId backup, bool force = false, IReadOnlyList<string>? nodes = null, string? idempotencyKey = null, string? from = null, ClusterName? cluster = null)
    {
        var body = new RestoreBody(backup, nodes, force, from is null ? null : NetworkName.Parse(from), cluster);
        return SendAsync(HttpMethod.Post, $"networks/{network}/restores", JsonSerializer.Serialize(body, NetworkJson.Options), idempotencyKey, "application/json");
    }

    /// <summary>Restores and waits for the end.</summary>
    public async Task<OperationResource> RestoreToEndAsync(string network, BackupId backup, bool force = false, IReadOnlyList<string>? nodes = null)
    {
        using var response = await TryRestoreAsync(network, backup, force, nodes);
        return await EndOfAsync(await AcceptedAsync(response));
    }

    /// <summary>Restores under another name and waits for the end.</summary>
    public async Task<OperationResource> MoveToEndAsync(string network, string from, BackupId backup)
    {
        using var response = await TryRestoreAsync(network, backup, from: from);
        return await EndOfAsync(await AcceptedAsync(response));
    }

    /// <summary>Checks a backup and waits for the end.</summary>
    public async Task<OperationResource> VerifyToEndAsync(string network, BackupId backup)
    {
        using var response = await SendAsync(HttpMethod.Post, $"networks/{network}/backups/{backup}/verify", null, null);
        return await EndOfAsync(await AcceptedAsync(response));
    }

    /// <summary>Asks for an upgrade; the answer may be a refusal.</summary>
    /// <param name="network">The network.</param>
    /// <param name="version">The wanted version.</param>
    /// <param name="idempotencyKey">Under which it can be asked for again.</param>
    /// <param name="dryRun">Whether only the plan is wanted.</param>
    /// <param name="more">More properties of the body, such as <c>'capabilities':true</c>; with single quotes.</param>
    public Task<HttpResponseMessage> TryUpgradeAsync(string network, string version, string? idempotencyKey = null, bool dryRun = false, string? more = null) => SendAsync(
        HttpMethod.Post,
        $"networks/{network}/upgrades{(dryRun ? "?dryRun=true" : "")}",
        $"{{'fabricVersion':'{version}'{(more is null ? "" : $",{more}")}}}".Replace('\'', '"'),
        idempotencyKey,
        "application/json");

    /// <summary>Asks for an upgrade.</summary>
    public async Task<OperationResource> UpgradeAsync(string network, string version, string? more = null)
    {
        using var response = await TryUpgradeAsync(network, version, more: more);
        return await AcceptedAsync(response);
    }

    /// <summary>Asks for a renewal of certificates; the answer may be a refusal.</summary>
    public Task<HttpResponseMessage> TryRenewAsync(string network, string query = "", string? idempotencyKey = null) =>
        SendAsync(HttpMethod.Post, $"networks/{network}/certificates/renew?{query}", null, idempotencyKey);

    /// <summary>Renews certificates and waits for the end.</summary>
    public async Task<OperationResource> RenewToEndAsync(string network, string query = "", int minutes = 2)
    {
        using var response = await TryRenewAsync(network, query);
        return await EndOfAsync(await AcceptedAsync(response), minutes);
    }

    /// <summary>The certificates of a network.</summary>
    public async Task<IReadOnlyList<CertificateView>> ListCertificatesAsync(string network) => (await GetAsync<CertificatesResource>($"networks/{network}/certificates"))?.Items ?? [];

    /// <summary>Waits until an operation has begun: until then it is in the queue and does not hold its network.</summary>
    public Task BegunAsync(OperationResource operation) =>
        Until.TrueAsync(async () => await GetOperationAsync(operation.Id) is not { EndedAt: null, Steps: null or { Count: 0 } }, TimeSpan.FromMinutes(1));

    /// <summary>The messages of the queue that were given up.</summary>
    public async Task<IReadOnlyList<PoisonResource>> ListPoisonAsync() => await GetAsync<List<PoisonResource>>("queues/poison") ?? [];

    /// <summary>Tells an operation to <c>pause</c>, <c>resume</c> or <c>cancel</c>.</summary>
    public async Task TellAsync(OperationResource operation, string verb)
    {
        using var response = await SendAsync(HttpMethod.Post, $"operations/{operation.Id}/{verb}", null, null);
        await AcceptedAsync(response);
    }

    /// <summary>Forgets a backup; the answer may be a refusal.</summary>
    public Task<HttpResponseMessage> TryForgetAsync(string network, BackupId backup) => SendAsync(HttpMethod.Delete, $"networks/{network}/backups/{backup}", null, null);

    /// <summary>A backup as it is now; null when there is none.</summary>
    public Task<BackupResource?> FindBackupAsync(string network, BackupId backup) => GetAsync<BackupResource>($"networks/{network}/backups/{backup}");

    /// <summary>The backups of a network.</summary>
    public async Task<IReadOnlyList<BackupResource>> ListBackupsAsync(string network) => (await GetAsync<PageResource<BackupResource>>($"networks/{network}/backups"))?.Items ?? [];

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, NetworkJson.Options) ?? throw new JsonException("null");

    private async Task<T?> GetAsync<T>(string path)
        where T : class
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{response.StatusCode}: {text}");
        return response.StatusCode == HttpStatusCode.NotFound ? null : Read<T>(text);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body, string? idempotencyKey, string type = "application/yaml")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await http.SendAsync(request);
    }
}
