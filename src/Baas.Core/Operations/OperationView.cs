using Baas.Core.Records;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Operations;

/// <summary>An operation as it is shown.</summary>
/// <param name="Record">What is on record.</param>
/// <param name="Workflow">What its workflow has done so far; null before it has started and after its history was purged.</param>
public sealed record OperationView(OperationRecord Record, WorkflowStatus? Workflow);
