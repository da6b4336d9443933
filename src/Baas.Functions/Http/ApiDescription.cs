using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Baas.Core.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Baas.Functions.Http;

/// <summary>The OpenAPI document: made from the routes, so that it cannot say anything else than they do.</summary>
internal static class ApiDescription
{
    private const string KeyScheme = "apiKey";

    /// <summary>Adds the document <c>v1</c>.</summary>
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Baas",
                Version = "v1",
                Description = "Makes, runs and looks after Hyperledger Fabric networks. Changes answer 202 with Operation-Location; every failure is an RFC 9457 problem with a stable code.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key (baas_…) or a token of the configured OpenID Connect provider." },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Names, versions and durations are texts with a form; the generator sees only their structs.
            if (IsText(context.JsonTypeInfo.Type))
            {
                schema.Type = JsonSchemaType.String;
                schema.Properties = null;
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>Makes the generator describe bodies as they are written.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = NetworkJson.Options.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = NetworkJson.Options.DefaultIgnoreCondition;
        options.Encoder = NetworkJson.Options.Encoder;
        foreach (var converter in NetworkJson.Options.Converters)
        {
            options.Converters.Add(converter);
        }

        options.TypeInfoResolverChain.Add(new DefaultJsonTypeInfoResolver());
    }

    /// <summary>Says what a route does and answers.</summary>
    public static RouteHandlerBuilder Describe<T>(this RouteHandlerBuilder route, string summary, string description, int status = StatusCodes.Status200OK, string mediaType = "application/json")
    {
        route.WithSummary(summary).WithDescription(description).WithTags("Baas");
        if (status == StatusCodes.Status204NoContent)
        {
            route.Produces(status);
        }
        else
        {
            route.Produces<T>(status, mediaType);
        }

        return route.ProducesProblem(StatusCodes.Status400BadRequest);
    }

    /// <summary>Says that the body is a specification.</summary>
    public static RouteHandlerBuilder TakesSpecification(this RouteHandlerBuilder route) => route.Accepts<NetworkSpec>("application/json", "application/yaml");

    private static bool IsText(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(FabricVersion) || plain == typeof(Duration) || plain == typeof(Quantity)
            || plain.GetInterfaces().Any(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IName<>));
    }
}
