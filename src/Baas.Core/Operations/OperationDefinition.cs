using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>What a kind of operation is: how it takes its network, and which workflow does it. Each use case has its own; <see cref="OperationDefinitions"/> lists them.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Lock">How it takes its network; null for one that leaves the network alone, which need not be there.</param>
/// <param name="Workflow">The workflow's input, from the operation and the specification on record; null of that only without a lock.</param>
internal sealed record OperationDefinition(OperationKind Kind, LockRule? Lock, Func<OperationRecord, NetworkSpec?, IWorkflowInput> Workflow)
{
    /// <summary>An operation on a network that needs nothing beside its specification.</summary>
    public static OperationDefinition Of(OperationKind kind, LockRule rule, Func<OperationRecord, NetworkSpec, IWorkflowInput> workflow) =>
        new(kind, rule, (operation, spec) => workflow(operation, spec ?? throw new ArgumentNullException(nameof(spec))));

    /// <summary>An operation on a network with arguments of its own, which stand on its record as JSON.</summary>
    public static OperationDefinition Of<TArguments>(OperationKind kind, LockRule rule, Func<OperationRecord, NetworkSpec, TArguments, IWorkflowInput> workflow) =>
        Of(kind, rule, (operation, spec) => workflow(operation, spec, ArgumentsOf<TArguments>(operation)));

    /// <summary>An operation that leaves its network alone.</summary>
    public static OperationDefinition Apart<TArguments>(OperationKind kind, Func<OperationRecord, TArguments, IWorkflowInput> workflow) =>
        new(kind, null, (operation, _) => workflow(operation, ArgumentsOf<TArguments>(operation)));

    private static TArguments ArgumentsOf<TArguments>(OperationRecord operation) =>
        (operation.Arguments ?? throw new ArgumentException($"operation {operation.Id} has no arguments", nameof(operation))).Deserialize<TArguments>(NetworkJson.Options)
        ?? throw new ArgumentException($"operation {operation.Id} has empty arguments", nameof(operation));
}
