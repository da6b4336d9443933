using Baas.Functions.Http.Backups;
using Baas.Functions.Http.Certificates;
using Baas.Functions.Http.Queues;
using Baas.Functions.Http.Upgrades;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Baas.Functions.Http;

/// <summary>The whole HTTP API as one request delegate, so that every host serves the same.</summary>
public static class ApiPipeline
{
    /// <summary>Builds the pipeline: problems, keys and roles, routes.</summary>
    /// <param name="services">A container to which <see cref="ApiServices.AddApi"/> and the use cases were added.</param>
    public static RequestDelegate Build(IServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseMiddleware<ProblemMiddleware>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseEndpoints(Map);
        app.Run(context => throw new HttpProblemException(StatusCodes.Status404NotFound, "route-not-found", $"cannot find {context.Request.Path}: there is no such address; /openapi/v1.json lists those that there are"));
        return app.Build();
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapService();
        var api = routes.MapGroup("/api/v1");
        api.MapTransfers();
        api.MapTenants();
        api.MapAllPoison();
        var tenant = api.MapGroup("/tenants/{tenant}");
        tenant.MapApiKeys();
        tenant.MapAuthorities();
        tenant.MapNetworks();
        tenant.MapHealth();
        tenant.MapAlerts();
        tenant.MapExports();
        tenant.MapTransactions();
        tenant.MapLogs();
        tenant.MapBackups();
        tenant.MapUpgrades();
        tenant.MapCertificates();
        tenant.MapPoison();
        tenant.MapOperations();
    }
}
