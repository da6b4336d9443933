using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Durable;

namespace Baas.Core.Tests.Workflows.Engine.Durable;

public sealed class WorkflowProgressTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly WorkflowProgress _progress = new();

    [Fact]
    public void FromJson_Written_IsTheSame()
    {
        _progress.Report("at work");
        var failed = _progress.Begin(CallKind.Step, "ApplyPeer", "peer-1.org1", Now);
        _progress.Fail(failed, "cluster-unreachable", "no answer");
        _progress.Retry(failed);
        _progress.End(_progress.Begin(CallKind.Workflow, "ProvisionPeer", "peer-2.org1", Now), WorkflowState.Completed, Now.AddSeconds(1));

        var read = WorkflowProgress.FromJson(_progress.ToJson());

        Assert.Equal((_progress.Revision, "at work", 2), (read.Revision, read.Message, read.Count));
        Assert.Equal(_progress.ToJson(), read.ToJson());
        Assert.Equal((2, "cluster-unreachable", WorkflowState.Running), (read.Calls[0].Attempt, read.Calls[0].ErrorCode, read.Calls[0].State));
    }

    [Fact]
    public void ToJson_ManyCalls_KeepsTheLimitAndWhatMatters()
    {
        var running = _progress.Begin(CallKind.Step, "NodeReady", "peer-1.org1", Now);
        var child = _progress.Begin(CallKind.Workflow, "ProvisionPeer", "peer-2.org1", Now);
        _progress.End(child, WorkflowState.Completed, Now);
        for (var number = 0; number < 2_000; number++)
        {
            _progress.End(_progress.Begin(CallKind.Step, "NodeReady", $"peer-{number}.org1", Now), WorkflowState.Completed, Now);
        }

        var json = _progress.ToJson();
        var shown = WorkflowProgress.FromJson(json).Calls;

        Assert.InRange(json.Length, WorkflowProgress.MaxLength / 2, WorkflowProgress.MaxLength);
        Assert.Contains(shown, call => call.Position == running.Position);
        Assert.Contains(shown, call => call.Position == child.Position); // the calls of a child are found through it
        Assert.Equal(2_001, shown[^1].Position);
    }

    [Fact]
    public void ToJson_LongMessages_AreCut()
    {
        _progress.Fail(_progress.Begin(CallKind.Step, "ApplyPeer", new string('s', 5_000), Now), "refused", new string('m', 50_000));
        _progress.End(_progress.Begin(CallKind.Step, "NodeReady", "peer-1.org1", Now), WorkflowState.Completed, Now, new string('u', 50_000));

        Assert.True(_progress.ToJson().Length < 1_500);
    }
}
