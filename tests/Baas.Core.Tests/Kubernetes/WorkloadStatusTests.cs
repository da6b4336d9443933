using System.Text.Json.Nodes;
using Baas.Core.Kubernetes;

namespace Baas.Core.Tests.Kubernetes;

public sealed class WorkloadStatusTests
{
    [Theory]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 2, "readyReplicas": 1, "currentRevision": "a", "updateRevision": "a" } }""", true)]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 1, "readyReplicas": 1, "currentRevision": "a", "updateRevision": "a" } }""", false)]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 2, "readyReplicas": 1, "currentRevision": "a", "updateRevision": "b" } }""", false)]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 2, "readyReplicas": 1, "updatedReplicas": 1, "currentRevision": "a", "updateRevision": "b" } }""", true)]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 2, "readyReplicas": 0 } }""", false)]
    [InlineData("""{ "metadata": { "generation": 1, "deletionTimestamp": "2030-01-01T00:00:00Z" }, "status": { "observedGeneration": 1, "readyReplicas": 1 } }""", false)]
    [InlineData("""{ "metadata": { "generation": 1 } }""", false)]
    public void IsReady_OfStatus_NeedsTheWantedRevision(string set, bool ready) => Assert.Equal(ready, WorkloadStatus.IsReady(Parse(set)));

    [Theory]
    [InlineData("""{ "conditions": [{ "type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes" }] }""", "Unschedulable: 0/3 nodes")]
    [InlineData("""{ "containerStatuses": [{ "state": { "waiting": { "reason": "ImagePullBackOff", "message": "no such image" } } }] }""", "ImagePullBackOff: no such image")]
    [InlineData(
        """{ "containerStatuses": [{ "state": { "waiting": { "reason": "CrashLoopBackOff" } }, "lastState": { "terminated": { "exitCode": 2, "reason": "Error", "message": "panic: no MSP" } } }] }""",
        "code 2 Error panic: no MSP")]
    [InlineData("""{ "containerStatuses": [{ "state": { "running": {} }, "restartCount": 3 }] }""", "restarted 3 times")]
    [InlineData("""{ "containerStatuses": [{ "state": { "running": {} } }] }""", "is not ready")]
    [InlineData("""{ "phase": "Failed", "reason": "Evicted", "message": "disk pressure" }""", "Evicted disk pressure")]
    public void Describe_OfPod_NamesTheTrouble(string status, string expected)
    {
        var pod = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "peer-1-0" }, ["status"] = JsonNode.Parse(status) };

        var said = WorkloadStatus.Describe([pod]);

        Assert.StartsWith("pod peer-1-0", said, StringComparison.Ordinal);
        Assert.Contains(expected, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 2, "updateRevision": "b" } }""", "b", true)]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 2, "updateRevision": "b" } }""", "a", false)]
    [InlineData("""{ "metadata": { "generation": 2 }, "status": { "observedGeneration": 1, "updateRevision": "a" } }""", "a", false)]
    [InlineData("""{ "metadata": { "generation": 1 } }""", "a", true)]
    public void IsWanted_PodOfAnotherRevision_SaysNothing(string set, string revision, bool isWanted)
    {
        var pod = Parse($$"""{ "metadata": { "labels": { "controller-revision-hash": "{{revision}}" } } }""");

        Assert.Equal(isWanted, WorkloadStatus.IsWanted(Parse(set), pod));
    }

    [Fact]
    public void DescribeWithoutPods_QuotaEvent_IsQuoted()
    {
        var quota = Parse("""{ "involvedObject": { "name": "peer-1" }, "type": "Warning", "reason": "FailedCreate", "message": "exceeded quota", "lastTimestamp": "2030-01-01T00:00:01Z" }""");
        var other = Parse("""{ "involvedObject": { "name": "peer-2" }, "type": "Warning", "reason": "FailedCreate", "message": "other", "lastTimestamp": "2030-01-01T00:00:02Z" }""");

        Assert.Equal("peer-1 has no pod yet: FailedCreate: exceeded quota", WorkloadStatus.DescribeWithoutPods("peer-1", [quota, other]));
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
