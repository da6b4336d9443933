using System.Diagnostics;
using Baas.Sandbox.Cluster.Access;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;
using Microsoft.AspNetCore.Http;

namespace Baas.Sandbox.Cluster.Api;

/// <summary>Takes every request: lets in who may, finds what is asked, and turns refusals into Status objects.</summary>
internal sealed class RequestPipeline(ObjectStore store, ApiServerOptions options)
{
    private readonly ObjectReads _reads = new(store);
    private readonly ObjectWrites _writes = new(store);
    private readonly ObjectDeletes _deletes = new(store);
    private readonly Watches _watches = new(store);
    private readonly PodLogReplies _logs = new(store, options.Logs);
    private readonly PodProxy _pods = new(store);
    private readonly Authorizer _authorizer = new(store, options.Audit);
    private readonly NodeStats _stats = new(store, options.VolumesFolder);

    /// <summary>Answers one request.</summary>
    public async Task RunAsync(HttpContext http)
    {
        try
        {
            await AnswerAsync(http);
        }
        catch (StatusException failure) when (!http.Response.HasStarted)
        {
            await Replies.SendAsync(http, failure);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // nobody is left to answer
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !http.Response.HasStarted) // border: a bug must not show its inside to clients
        {
            Trace.TraceError(failure.ToString());
            await Replies.SendAsync(http, Failures.Storage($"the request failed: {failure.GetType().Name}"));
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["healthz" or "livez" or "readyz", ..])
        {
            await Replies.TextAsync(http, "ok");
            return;
        }

        if (path is ["version"])
        {
            await Replies.SendAsync(http, 200, ServerVersion.ToObject());
            return;
        }

        var caller = CallerOf(http) ?? throw new StatusException(401, "Unauthorized", "Unauthorized");
        if (await TryAnswerAboutServerAsync(http, path, caller))
        {
            return;
        }

        if (AccessRequest.Of(http.Request, path) is { } request)
        {
            _authorizer.Check(caller, request);
        }

        if (await _pods.TryAnswerAsync(http, path) || await _stats.TryAnswerAsync(http, path))
        {
            return;
        }

        var call = ApiCall.Parse(http) ?? throw Failures.NoSuchPath();
        if (call is { Http.Request.Method: "PATCH", Name: not null, Subresource: null } && store.Get(call.Key) is null)
        {
            // Applying what is not there is creating it.
            _authorizer.Check(caller, new AccessRequest("create", call.Kind.Group, call.Kind.Plural, call.Namespace, call.Name));
        }

        await AnswerAboutObjectsAsync(call);
    }

    private async Task<bool> TryAnswerAboutServerAsync(HttpContext http, string[] path, Caller caller)
    {
        var isAggregated = Discovery.WantsAggregated(http) && path.Length == 1;
        if (HttpMethods.IsGet(http.Request.Method) && Discovery.Find(path, isAggregated) is { } found)
        {
            await Replies.SendAsync(http, 200, ObjectJson.Write(found), isAggregated ? "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" : "application/json");
            return true;
        }

        if (HttpMethods.IsGet(http.Request.Method) && OpenApi.Find(path) is { } document)
        {
            await Replies.SendAsync(http, 200, document);
            return true;
        }

        return await Reviews.TryAnswerAsync(http, path, caller, _authorizer);
    }

    private Task AnswerAboutObjectsAsync(ApiCall call)
    {
        CheckSubresource(call);
        var isOne = call.Name is not null;
        return call.Http.Request.Method switch
        {
            "GET" when call.Subresource == "log" => _logs.SendAsync(call),
            "GET" when !isOne && call.Flag("watch") => _watches.RunAsync(call),
            "GET" => isOne ? _reads.GetAsync(call) : _reads.ListAsync(call),
            "POST" when !isOne && (!call.Kind.IsNamespaced || call.Namespace is not null) => _writes.CreateAsync(call),
            "PUT" when isOne => _writes.UpdateAsync(call),
            "PATCH" when isOne => _writes.PatchAsync(call),
            "DELETE" when call.Subresource is null => isOne ? _deletes.DeleteAsync(call) : _deletes.DeleteAllAsync(call),
            _ => throw new StatusException(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"),
        };
    }

    private static void CheckSubresource(ApiCall call)
    {
        var isKnown = call.Subresource switch
        {
            null => true,
            "status" => call.Kind.HasStatus,
            "scale" => call.Kind.HasScale,
            "log" => call.Kind == ClusterKinds.Pods && HttpMethods.IsGet(call.Http.Request.Method),
            _ => false,
        };
        if (!isKnown)
        {
            throw Failures.NoSuchPath();
        }
    }

    // Null for strangers.
    private Caller? CallerOf(HttpContext http)
    {
        if (http.Connection.ClientCertificate is { } certificate)
        {
            return Caller.Of(certificate); // the handshake has let in nobody else's
        }

        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal) && options.Certificates.IsToken(header["Bearer ".Length..].Trim()) ? Caller.Administrator : null;
    }
}
