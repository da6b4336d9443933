using Baas.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Http;

/// <summary>The HTTP border: every failure leaves as a problem, and only failures of the service's own are logged.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            await ExplainBareStatusAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone: nobody reads an answer, whether it has begun or not.
            if (!context.Response.HasStarted)
            {
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            }
        }
        catch (Exception failure) when (!context.Response.HasStarted) // a border: whatever happened, the caller gets a problem
        {
            var problem = Problems.Of(failure, context);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                Log.RequestFailed(logger, context.Request.Method, problem.Instance, problem.Code, Problems.TraceOf(context), failure is BaasException ? null : failure);
            }

            await Problems.WriteAsync(context, problem);
        }
    }

    // Routing answers a known path with another method or media type by a bare status.
    private static Task ExplainBareStatusAsync(HttpContext context) => context.Response switch
    {
        { HasStarted: true } => Task.CompletedTask,
        { StatusCode: StatusCodes.Status405MethodNotAllowed } => RefuseAsync(
            context, StatusCodes.Status405MethodNotAllowed, "method-not-allowed", $"cannot {context.Request.Method} {context.Request.Path}: it takes {context.Response.Headers.Allow}"),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => RefuseAsync(
            context,
            StatusCodes.Status415UnsupportedMediaType,
            "media-type-unsupported",
            $"cannot read the body: its media type \"{context.Request.ContentType}\" is none that this address takes"),
        _ => Task.CompletedTask,
    };

    private static Task RefuseAsync(HttpContext context, int status, string code, string message) =>
        Problems.WriteAsync(context, Problems.Of(new HttpProblemException(status, code, message), context));
}
