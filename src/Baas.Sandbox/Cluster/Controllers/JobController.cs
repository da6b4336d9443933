using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Runs the pods of Jobs until enough have succeeded or too many have failed.</summary>
internal sealed class JobController(ObjectStore store, EventRecorder events) : IController
{
    private readonly TemplatePods _pods = new(store, events, ClusterKinds.Jobs);

    public ObjectKind Kind => ClusterKinds.Jobs;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change) => Ownership.SelfOrController(change, Kind);

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (store.Get(key) is not { } job || job.IsDeleting || job.Flag("spec", "suspend"))
        {
            return null;
        }

        if (PodStates.HasCondition(job, "Complete") || PodStates.HasCondition(job, "Failed"))
        {
            return Expire(key, job);
        }

        var pods = _pods.Of(job);
        var succeeded = pods.Count(pod => pod.Text("status", "phase") is "Succeeded");
        var failed = pods.Count(pod => pod.Text("status", "phase") is "Failed");
        var active = pods.Where(pod => !PodStates.IsFinished(pod)).ToList();
        var completions = (int)(job.Number("spec", "completions") ?? 1);
        var isFailed = failed > (job.Number("spec", "backoffLimit") ?? 6);
        var isComplete = succeeded >= completions;
        if (isFailed || isComplete)
        {
            foreach (var pod in active)
            {
                _pods.Remove(job, pod);
            }
        }
        else
        {
            var wanted = Math.Min((int)(job.Number("spec", "parallelism") ?? 1), completions - succeeded);
            for (var count = active.Count; count < wanted; count++)
            {
                _pods.Make(job, new JsonObject { ["job-name"] = job.Name, ["batch.kubernetes.io/job-name"] = job.Name, ["batch.kubernetes.io/controller-uid"] = job.Uid });
            }
        }

        Report(key, job, _pods.Of(job).Count(pod => !PodStates.IsFinished(pod) && !pod.IsDeleting), succeeded, failed, isComplete, isFailed);
        return null;
    }

    private TimeSpan? Expire(ObjectKey key, JsonObject job)
    {
        var ended = Meta.ParseTime(job.Objects("status", "conditions").Select(condition => condition.Text("lastTransitionTime")).FirstOrDefault());
        if (job.Number("spec", "ttlSecondsAfterFinished") is not { } seconds || ended is null)
        {
            return null;
        }

        var rest = ended.Value.AddSeconds(seconds) - store.Clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            return rest;
        }

        Removals.Discard(store, key, job.Uid);
        return null;
    }

    private void Report(ObjectKey key, JsonObject job, int active, int succeeded, int failed, bool isComplete, bool isFailed)
    {
        var now = store.Clock.GetUtcNow();
        var status = new JsonObject
        {
            ["startTime"] = job.Text("status", "startTime") ?? Meta.Time(now),
            ["active"] = active,
            ["succeeded"] = succeeded,
            ["failed"] = failed,
            ["ready"] = _pods.Of(job).Count(PodStates.IsReady),
        };
        if (isComplete)
        {
            status["completionTime"] = Meta.Time(now);
            status["conditions"] = new JsonArray(StatusWrites.Condition(job, "Complete", true, now));
            events.Normal(Kind, job, "Completed", "Job completed");
        }
        else if (isFailed)
        {
            status["conditions"] = new JsonArray(StatusWrites.Condition(job, "Failed", true, now, "BackoffLimitExceeded", "Job has reached the specified backoff limit"));
            events.Warning(Kind, job, "BackoffLimitExceeded", "Job has reached the specified backoff limit");
        }

        StatusWrites.Replace(store, key, status);
    }
}
