using Baas.Core.Networks;
using Baas.Core.Operations;
using Baas.Core.Workflows.Engine;
using Baas.Functions.Http.Access;
using Microsoft.AspNetCore.Http;

namespace Baas.Functions.Http;

/// <summary>Headers and parameters that several routes read, read in one way.</summary>
internal static class Parameters
{
    /// <summary>The most characters of an idempotency key.</summary>
    public const int MaxIdempotencyKey = 200;

    /// <summary>What every change carries.</summary>
    /// <exception cref="HttpProblemException"><c>idempotency-key-invalid</c>.</exception>
    public static ChangeRequest Change(HttpContext context, TenantName tenant, string body)
    {
        var key = context.Request.Headers["Idempotency-Key"];
        return key switch
        {
            [] => New(null),
            [{ Length: > 0 and <= MaxIdempotencyKey } one] when one.All(letter => letter is > ' ' and < '\x7f') => New(one),
            _ => throw new HttpProblemException(
                StatusCodes.Status400BadRequest, "idempotency-key-invalid", $"cannot use the Idempotency-Key: it has to be one value of 1 to {MaxIdempotencyKey} visible ASCII characters"),
        };

        ChangeRequest New(string? value) => new(Callers.Of(context.User), tenant, value, Bodies.HashOf(context.Request, body));
    }

    /// <summary>The tag of If-Match without its quotes; null when the caller asks for none or for any.</summary>
    public static string? IfMatch(HttpRequest request)
    {
        var value = request.Headers.IfMatch.ToString().Trim();
        return value is "" or "*" ? null : value.Trim('"');
    }

    /// <summary>Names of clusters, each once.</summary>
    /// <exception cref="HttpProblemException"><c>cluster-unknown</c>: it cannot even be a name.</exception>
    public static IReadOnlyList<ClusterName> Clusters(string parameter, string[]? values) =>
    [
        .. (values ?? []).Distinct(StringComparer.Ordinal).Select(value => ClusterName.TryParse(value, null, out var name)
            ? name
            : throw new HttpProblemException(StatusCodes.Status422UnprocessableEntity, "cluster-unknown", $"cannot take {parameter} \"{value}\": it is no name of a cluster")),
    ];

    /// <summary>What becomes of a half-made network; rollback unless asked otherwise.</summary>
    /// <exception cref="HttpProblemException"><c>on-failure-unknown</c>.</exception>
    public static OnFailure OnFailure(string? value) => value switch
    {
        null or "rollback" => Core.Workflows.Engine.OnFailure.Rollback,
        "keep" => Core.Workflows.Engine.OnFailure.Keep,
        _ => throw new HttpProblemException(StatusCodes.Status400BadRequest, "on-failure-unknown", $"cannot take onFailure \"{value}\": there are rollback and keep"),
    };
}
