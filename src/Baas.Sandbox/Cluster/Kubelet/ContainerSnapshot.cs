using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;

namespace Baas.Sandbox.Cluster.Kubelet;

/// <summary>What the status of a pod says about one container at one moment.</summary>
internal sealed record ContainerSnapshot
{
    /// <summary>The container's name.</summary>
    public required string Name { get; init; }

    /// <summary>The image as the pod names it.</summary>
    public required string Image { get; init; }

    /// <summary><c>waiting</c>, <c>running</c> or <c>terminated</c> with its facts. Never modified.</summary>
    public required JsonObject State { get; init; }

    /// <summary>The run before, when there was one. Never modified.</summary>
    public JsonObject? LastState { get; init; }

    /// <summary>How often it was started again.</summary>
    public int RestartCount { get; init; }

    /// <summary>Whether it may get traffic.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether its startup probe has succeeded.</summary>
    public bool IsStarted { get; init; }

    /// <summary>Names the run.</summary>
    public string? Id { get; init; }

    /// <summary>The exit code when it has ended.</summary>
    public long? ExitCode => State.Number("terminated", "exitCode");

    /// <summary>Whether its program runs.</summary>
    public bool IsRunning => State.Has("running", out _);

    /// <summary>A state of waiting.</summary>
    public static JsonObject Waiting(string reason, string? message = null)
    {
        var waiting = new JsonObject { ["reason"] = reason };
        if (message is not null)
        {
            waiting["message"] = message;
        }

        return new JsonObject { ["waiting"] = waiting };
    }

    /// <summary>The entry in the pod's status.</summary>
    public JsonObject ToObject() => new()
    {
        ["name"] = Name,
        ["state"] = State.DeepClone(),
        ["lastState"] = LastState?.DeepClone() ?? new JsonObject(),
        ["ready"] = IsReady,
        ["restartCount"] = RestartCount,
        ["image"] = Image,
        ["imageID"] = Id is null ? "" : Image,
        ["containerID"] = Id,
        ["started"] = IsStarted,
    };
}
