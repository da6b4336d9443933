using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Answers delete and delete of collections.</summary>
internal sealed class ObjectDeletes(ObjectStore store)
{
    /// <summary>Deletes one object; answers with its last state, or with success when it is gone.</summary>
    public async Task DeleteAsync(ApiCall call)
    {
        var options = await RequestBody.ReadAsync(call.Http) as JsonObject;
        if (call.IsDryRun || options.Texts("dryRun").Any())
        {
            await Replies.SendAsync(call.Http, 200, (store.State.Find(call.Key) ?? throw Failures.NotFound(call.Key)).Json);
            return;
        }

        var (last, isGone) = store.Delete(call.Key, Propagation(call, options), Grace(call, options), live => CheckExpected(call.Key, live, options));
        await Replies.SendAsync(call.Http, 200, isGone ? Success(call, last) : last);
    }

    /// <summary>Deletes all objects that the request selects.</summary>
    public async Task DeleteAllAsync(ApiCall call)
    {
        var options = await RequestBody.ReadAsync(call.Http) as JsonObject;
        foreach (var stored in ObjectReads.Selected(call, store.State).ToList())
        {
            if (!call.IsDryRun && store.State.Find(stored.Key) is not null)
            {
                store.Delete(stored.Key, Propagation(call, options), Grace(call, options));
            }
        }

        await Replies.SendAsync(call.Http, 200, Success(call, null));
    }

    private static DeletePropagation Propagation(ApiCall call, JsonObject? options) => (options.Text("propagationPolicy") ?? call.Query("propagationPolicy")) switch
    {
        null or "Background" => options.Flag("orphanDependents") ? DeletePropagation.Orphan : DeletePropagation.Background,
        "Foreground" => DeletePropagation.Foreground,
        "Orphan" => DeletePropagation.Orphan,
        var other => throw Failures.BadRequest($"propagationPolicy: Unsupported value: \"{other}\""),
    };

    private static int? Grace(ApiCall call, JsonObject? options) => (options.Number("gracePeriodSeconds") ?? call.Number("gracePeriodSeconds")) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var seconds => (int)seconds,
        _ => throw Failures.BadRequest("gracePeriodSeconds: Invalid value: must be greater than or equal to 0"),
    };

    private static void CheckExpected(ObjectKey key, JsonObject live, JsonObject? options)
    {
        foreach (var name in (string[])["uid", "resourceVersion"])
        {
            if (options.Text("preconditions", name) is { } expected && expected != live.Text("metadata", name))
            {
                throw Failures.Conflict(key, $"Precondition failed: {name} in precondition: {expected}, {name} in object meta: {live.Text("metadata", name)}");
            }
        }
    }

    private static JsonObject Success(ApiCall call, JsonObject? last)
    {
        var details = new JsonObject { ["kind"] = call.Kind.Plural };
        if (call.Kind.Group.Length > 0)
        {
            details["group"] = call.Kind.Group;
        }

        if (last is not null)
        {
            details["name"] = last.Name;
            details["uid"] = last.Uid;
        }

        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success", ["details"] = details };
    }
}
