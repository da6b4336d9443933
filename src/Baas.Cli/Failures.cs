using System.Net.Sockets;
using Baas.Cli.Api;
using Baas.Cli.Output;
using Baas.Core;
using Baas.Functions.Hosting.Local;
using Spectre.Console;

namespace Baas.Cli;

/// <summary>Turns failures into one clear line and an exit code.</summary>
internal static class Failures
{
    /// <summary>Prints what went wrong on stderr.</summary>
    /// <returns>The program's exit code.</returns>
    public static int Explain(Exception failure)
    {
        var (code, message, details) = Describe(failure);
        if (message.Length > 0)
        {
            Printer.Messages.MarkupLineInterpolated($"[red]{message}[/]");
        }

        foreach (var detail in details)
        {
            Printer.Messages.MarkupLineInterpolated($"  {detail}");
        }

        return code;
    }

    private static (int Code, string Message, IReadOnlyList<string> Details) Describe(Exception failure) => failure switch
    {
        CliException known => (known.ExitCode, known.Message, known.Details),
        ApiException refused => (CodeOf(refused.Problem.Status), $"{refused.Problem.Detail} ({refused.Problem.Code})", DetailsOf(refused.Problem)),
        OperationCanceledException => (ExitCode.Interrupted, "", []),
        HostingException { Code: "setting-invalid" } setting => (ExitCode.BadInput, $"{setting.Message} ({setting.Code})", []),
        BaasException local => (ExitCode.Environment, $"{local.Message} ({local.Code})", []),
        IOException or UnauthorizedAccessException or SocketException => (ExitCode.Environment, failure.Message.ReplaceLineEndings(" "), []),
        _ => (ExitCode.Internal, $"this program has a fault: {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}", []),
    };

    private static int CodeOf(int status) => status switch
    {
        400 or 413 or 415 or 422 => ExitCode.BadInput,
        401 or 403 => ExitCode.NotAllowed,
        404 => ExitCode.NotFound,
        409 or 412 => ExitCode.Conflict,
        502 or 503 or 504 => ExitCode.Unreachable,
        _ => ExitCode.Internal,
    };

    private static List<string> DetailsOf(ApiProblem problem)
    {
        List<string> details = [.. problem.Violations.Select(violation => $"{violation.Path}: {violation.Message} ({violation.Code})")];
        if (problem.Operation is { } operation)
        {
            details.Add($"look at it: baas operation watch {operation}");
        }

        if (problem.Transaction is { } transaction)
        {
            details.Add($"look at it: baas tx status NETWORK CHANNEL {transaction}");
        }

        if (problem.TraceId is { } trace)
        {
            details.Add($"the service logged it as trace {trace}");
        }

        return details;
    }
}
