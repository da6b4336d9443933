using System.Net.Http.Headers;
using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Fixture;

/// <summary>A service in this process, from its start to its end, with a client that may do everything.</summary>
internal sealed class ServiceRun : IAsyncDisposable
{
    public const string Tenant = "acme";

    private readonly LocalService _service;
    private readonly HttpClient _http;

    private ServiceRun(LocalService service, HttpClient http, string key)
    {
        (_service, _http, Key) = (service, http, key);
        Api = new NetworkApi(http);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _service.Address;

    /// <summary>A key that may do everything.</summary>
    public string Key { get; }

    /// <summary>Its API.</summary>
    public NetworkApi Api { get; }

    public static async Task<ServiceRun> OfAsync(LocalService service)
    {
        var key = await service.IssueAdminKeyAsync("tests", CancellationToken.None);
        await service.EnsureTenantAsync(Tenant, CancellationToken.None);
        var http = new HttpClient { BaseAddress = new Uri(service.Address, $"/api/v1/tenants/{Tenant}/"), Timeout = TimeSpan.FromMinutes(3) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new ServiceRun(service, http, key);
    }

    /// <summary>Its API, for what <see cref="Api"/> lacks; addresses begin below the tenant.</summary>
    public HttpClient Http => _http;

    /// <summary>A part of the service.</summary>
    public T Get<T>()
        where T : notnull => _service.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _service.DisposeAsync();
    }
}
