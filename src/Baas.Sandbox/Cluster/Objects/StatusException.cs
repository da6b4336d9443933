using System.Text.Json.Nodes;
using Baas.Core;

namespace Baas.Sandbox.Cluster.Objects;

/// <summary>A refusal, told to clients as a Kubernetes Status object.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="reason">Kubernetes' word for it: <c>NotFound</c>.</param>
/// <param name="message">What clients show.</param>
internal sealed class StatusException(int status, string reason, string message) : BaasException(CodeOf(reason), message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>Kubernetes' word for it.</summary>
    public string Reason { get; } = reason;

    /// <summary>The Status object's details; null for none.</summary>
    public JsonObject? Details { get; init; }

    /// <summary>The refusal as an object.</summary>
    public JsonObject ToObject()
    {
        var result = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = Reason,
            ["code"] = Status,
        };
        if (Details is not null)
        {
            result.Insert(6, "details", Details.DeepClone());
        }

        return result;
    }

    private static string CodeOf(string reason) =>
        string.Concat(reason.Select((letter, index) => char.IsUpper(letter) ? (index > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));
}
