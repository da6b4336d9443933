using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Steps.Channels;
using Baas.Core.Steps.Cluster;
using Baas.Core.Steps.Records;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

public abstract partial class WorkflowEngineContract
{
    [Fact]
    public async Task CreateNetwork_RestartsInTheMiddle_SameEnd()
    {
        var input = Network(OnFailure.Rollback);
        var expected = FakeEngine.StartedBy(new CreateNetwork(), input).Select(Text).Distinct().Order(StringComparer.Ordinal);
        var early = EffectOf<ApplyPeer>(input);
        var late = EffectOf<JoinPeer>(input);
        var (first, second) = (Probe.Hold(early), Probe.Hold(late));

        await Client.StartAsync(Id, input, Soon);
        await Probe.BegunAsync(early, Soon);
        await Engine.RestartAsync();
        first.SetResult();
        await Probe.BegunAsync(late, Soon);
        await Engine.RestartAsync();
        second.SetResult();

        Assert.Equal(WorkflowState.Completed, (await EndAsync()).State);
        Assert.Equal(expected, Probe.Effects.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CreateNetwork_StepFails_EverythingIsUndone()
    {
        var input = Network(OnFailure.Rollback);
        Probe.Fail(EffectOf<JoinPeer>(input));

        await Client.StartAsync(Id, input, Soon);
        var status = await EndAsync();

        Assert.Equal("probe-failed", FailureOf(status));
        Assert.Empty(status.Failure?.Leftovers ?? []);
        var undoable = FakeEngine.StartedBy(new CreateNetwork(), input).Where(FakeEngine.IsUndoable).Select(Text).ToHashSet();
        var undone = Probe.Effects.ToHashSet();
        Assert.All(Probe.Effects.Where(undoable.Contains), effect => Assert.Contains($"-{effect}", undone));
        Assert.Equal([nameof(ForgetArtifacts), nameof(RecordOutcome)], Probe.Effects.TakeLast(2).Select(effect => effect.Split(' ')[0]));
    }

    private static string Text(FakeCall call) => $"{call.Step} {call.Subject}";

    private static string EffectOf<TStep>(CreateNetwork.Input input) => Text(FakeEngine.StartedBy(new CreateNetwork(), input).First(call => call.Step == typeof(TStep).Name));

    private static CreateNetwork.Input Network(OnFailure onFailure)
    {
        var reading = SpecReader.Read(File.ReadAllText(Repository.In("examples", "two-orgs.yaml")), SpecFormat.Yaml, 100_000);
        var spec = reading.Spec ?? throw new InvalidDataException(string.Join("; ", reading.Violations));
        return new CreateNetwork.Input(new(TenantName.Parse("acme"), spec.Name), OperationId.Parse("op-test"), spec, onFailure);
    }
}
