using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Functions.Hosting.Azure;

/// <summary>Every HTTP request, whatever its method and path.</summary>
public sealed class ApiFunction(IServiceProvider services)
{
    /// <summary>Hands the request to the API's own pipeline. Gives nothing back: a result would be written a second time.</summary>
    [Function("Api")]
    public async Task RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, [DurableClient] DurableTaskClient client)
    {
        var http = request.HttpContext;
        http.SetEndpoint(null); // it is this function's: routing would call it again
        http.Request.RouteValues.Clear();

        // The function runs on another flow than the server's request, on which both are set.
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
        Activity.Current = http.Features.Get<IHttpActivityFeature>()?.Activity ?? Activity.Current;
        using var _ = services.GetRequiredService<DurableClients>().Use(client);
        await services.GetRequiredService<ApiEntry>().Pipeline(http);
    }
}
