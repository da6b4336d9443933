using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>A step behind which a test stands.</summary>
internal sealed class FaultyStep(StepRegistration inner, StepFaults faults) : StepRegistration(inner.Type)
{
    private readonly Type _input = inner.Type.GetNestedType("Input")!; // the catalog demands it

    /// <inheritdoc/>
    public override StepOptions Options => inner.Options;

    /// <inheritdoc/>
    public override StepOptions UndoOptions => inner.UndoOptions;

    /// <inheritdoc/>
    public override bool IsUndoable => inner.IsUndoable;

    /// <inheritdoc/>
    public override Task<string> ApplyAsync(IServiceProvider services, string input, CancellationToken cancellationToken) =>
        faults.RunAsync(CallOf(CallKind.Step, input), () => inner.ApplyAsync(services, input, cancellationToken));

    /// <inheritdoc/>
    public override Task UndoAsync(IServiceProvider services, string input, CancellationToken cancellationToken) =>
        faults.RunAsync(CallOf(CallKind.Undo, input), async () =>
        {
            await inner.UndoAsync(services, input, cancellationToken);
            return Nothing.Value;
        });

    private StepCall CallOf(CallKind kind, string input)
    {
        var typed = (IStepInput)JsonSerializer.Deserialize(input, _input, DurableJson.Options)!; // the engine has just written it
        var network = (NetworkReference)_input.GetProperty("Network")!.GetValue(typed)!; // every step works on a network
        return new StepCall(network.Network.Value, kind, Name, typed.Subject);
    }
}
