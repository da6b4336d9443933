using System.Diagnostics;
using System.Text.Json;
using Baas.Core;
using Baas.Core.Networks;
using Baas.Core.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Baas.Functions.Http;

/// <summary>Turns failures into problems: the one place that knows which failure has which status.</summary>
internal static class Problems
{
    /// <summary>The code of a failure that nobody raised on purpose.</summary>
    public const string InternalError = "internal-error";

    private const string MediaType = "application/problem+json";

    /// <summary>The problem that stands for a failure.</summary>
    public static Problem Of(Exception failure, HttpContext context) => failure switch
    {
        HttpProblemException http => New(context, http.Status, http.Code, http.Message),
        RefusedException refused => New(context, StatusOf(refused.Kind), refused.Code, refused.Message) with
        {
            Operation = refused.Operation,
            Transaction = refused.Transaction,
            Violations = refused.Violations.Count == 0 ? null : refused.Violations,
        },
        BadHttpRequestException bad => OfBadRequest(bad, context),
        BaasException { IsTransient: true } transient => New(context, StatusCodes.Status503ServiceUnavailable, transient.Code, transient.Message),
        BaasException known => New(context, StatusCodes.Status500InternalServerError, known.Code, known.Message) with { TraceId = TraceOf(context) },
        _ => New(context, StatusCodes.Status500InternalServerError, InternalError, "the service failed; its log has the details under the trace id") with { TraceId = TraceOf(context) },
    };

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = MediaType;
        if (problem.Status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"baas\"";
        }

        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, NetworkJson.Options), context.RequestAborted).AsTask();
    }

    /// <summary>The id under which a failed request is logged.</summary>
    public static string TraceOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;

    private static Problem OfBadRequest(BadHttpRequestException bad, HttpContext context) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => New(context, bad.StatusCode, "body-too-large", "cannot read the body: it is too large"),
        StatusCodes.Status415UnsupportedMediaType => New(context, bad.StatusCode, "media-type-unsupported", "cannot read the body: its media type is not one that this address takes"),
        _ => New(context, StatusCodes.Status400BadRequest, "request-malformed", $"cannot read the request: {FirstLine(bad.Message)}"),
    };

    private static Problem New(HttpContext context, int status, string code, string detail) => new()
    {
        Type = $"urn:baas:problem:{code}",
        Title = ReasonPhrases.GetReasonPhrase(status),
        Status = status,
        Code = code,
        Detail = detail,
        Instance = context.Request.Path.Value ?? "/",
    };

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        RefusalKind.NodeFailed => StatusCodes.Status502BadGateway,
        RefusalKind.TimedOut => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static string FirstLine(string message) => message.AsSpan().Trim().IndexOfAny('\r', '\n') is var end and >= 0 ? message[..end] : message;
}
