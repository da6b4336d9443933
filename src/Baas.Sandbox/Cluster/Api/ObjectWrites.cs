using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Apply;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Kinds.Admission;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Creates and changes objects as requests ask: post, put and the four kinds of patches.</summary>
internal sealed class ObjectWrites(ObjectStore store)
{
    private const string ApplyType = "application/apply-patch+yaml";

    /// <summary>Answers a post to a collection.</summary>
    public async Task CreateAsync(ApiCall call)
    {
        var body = await RequestBody.ReadObjectAsync(call);
        if (call.Kind.HasStatus)
        {
            body.Remove("status");
        }

        WithoutRevision(body);
        var key = call.Key with { Name = body.Name };
        ObjectRules.Check(key, null, body);
        Writes(call, null).Record(null, body);
        await Replies.SendAsync(call.Http, 201, store.Create(call.Kind, body, call.IsDryRun));
    }

    /// <summary>Answers a put of an object, its status or its scale.</summary>
    public async Task UpdateAsync(ApiCall call)
    {
        if (call.Subresource == "scale")
        {
            var scale = await RequestBody.ReadAsync(call.Http);
            await ChangeAsync(call, before => Scales.Apply(call.Key, before, scale));
            return;
        }

        var body = await RequestBody.ReadObjectAsync(call);
        await ChangeAsync(call, _ => body.Copy());
    }

    /// <summary>Answers a patch.</summary>
    public async Task PatchAsync(ApiCall call)
    {
        var type = (call.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        if (type == ApplyType)
        {
            await ApplyAsync(call);
            return;
        }

        var patch = await RequestBody.ReadAsync(call.Http);
        if (call.Subresource == "scale")
        {
            await ChangeAsync(call, before => Scales.Apply(call.Key, before, Patched(type, call.Kind, Scales.Of(store.State.Find(call.Key)!), patch)));
            return;
        }

        await ChangeAsync(call, before =>
        {
            var after = Patched(type, call.Kind, before, patch);
            RequestBody.Check(call, after);
            return after;
        });
    }

    private static JsonObject Patched(string type, ObjectKind kind, JsonObject before, JsonNode? patch) => (type, patch) switch
    {
        ("application/json-patch+json", _) => JsonPatch.Apply(before, patch),
        ("application/merge-patch+json", JsonObject) => (JsonObject)MergePatch.Apply(before, patch)!, // an object merged into an object
        ("application/strategic-merge-patch+json", JsonObject changes) => StrategicPatch.Apply(FieldTypes.Of(kind), before, changes),
        ("application/merge-patch+json" or "application/strategic-merge-patch+json", _) => throw Failures.BadRequest("the patch is no object"),
        _ => throw new StatusException(415, "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml"),
    };

    private async Task ApplyAsync(ApiCall call)
    {
        if (call.Query("fieldManager") is null)
        {
            throw Failures.BadRequest("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");
        }

        var body = await RequestBody.ReadObjectAsync(call);
        if (body.At("metadata", "managedFields") is not null)
        {
            throw Failures.BadRequest("metadata.managedFields must be nil");
        }

        if (call.Kind.HasStatus && call.Subresource is null)
        {
            body.Remove("status");
        }

        var (result, isNew) = Apply(call, body);
        await Replies.SendAsync(call.Http, isNew ? 201 : 200, result);
    }

    private (JsonObject Result, bool IsNew) Apply(ApiCall call, JsonObject body)
    {
        var force = call.Flag("force");
        while (true)
        {
            var writes = Writes(call, call.Subresource);
            var changed = store.Change(
                call.Key,
                before =>
                {
                    CheckExpected(call.Key, before, body);
                    var applied = body.Copy();
                    WithoutRevision(applied);
                    var after = writes.Apply(call.Key, before, applied, force);
                    ObjectRules.Check(call.Key, store.Get(call.Key), after);
                    return after;
                },
                call.Subresource == "status",
                call.IsDryRun);
            if (changed is not null)
            {
                return (changed, false);
            }

            if (call.Subresource is not null || body.Text("metadata", "uid") is not null)
            {
                throw Failures.NotFound(call.Key);
            }

            try
            {
                var made = writes.Apply(call.Key, null, body, force);
                ObjectRules.Check(call.Key, null, made);
                return (store.Create(call.Kind, made, call.IsDryRun), true);
            }
            catch (StatusException failure) when (failure.Reason == "AlreadyExists")
            {
                // somebody made it in between: apply to theirs
            }
        }
    }

    private async Task ChangeAsync(ApiCall call, Func<JsonObject, JsonObject> change)
    {
        var writes = Writes(call, call.Subresource);
        var changed = store.Change(
            call.Key,
            before =>
            {
                var live = store.Get(call.Key)!; // under the store's lock, and it has just been found
                var after = change(before);
                CheckExpected(call.Key, live, after);
                if (call.Subresource is null or "scale")
                {
                    ObjectRules.Check(call.Key, live, after);
                }

                writes.Record(live, after);
                return after;
            },
            call.Subresource == "status",
            call.IsDryRun) ?? throw Failures.NotFound(call.Key);
        await Replies.SendAsync(call.Http, 200, call.Subresource == "scale" ? Scales.Of(store.State.Find(call.Key)!) : changed);
    }

    private ManagedWrites Writes(ApiCall call, string? subresource) => new(call.Kind, call.Manager, subresource, store.Clock.GetUtcNow());

    // A writer that says which version or object it means must not hit another one.
    private static void CheckExpected(ObjectKey key, JsonObject live, JsonObject wanted)
    {
        if (wanted.Text("metadata", "resourceVersion") is { Length: > 0 } revision && revision != live.Text("metadata", "resourceVersion"))
        {
            throw Failures.Modified(key);
        }

        if (wanted.Text("metadata", "uid") is { Length: > 0 } uid && uid != live.Uid)
        {
            throw Failures.Conflict(key, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {live.Uid}");
        }
    }

    private static void WithoutRevision(JsonObject subject)
    {
        var metadata = subject.Ensure("metadata");
        metadata.Remove("resourceVersion");
        metadata.Remove("managedFields");
    }
}
