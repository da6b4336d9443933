namespace Baas.Core.Operations;

/// <summary>A sweep could not mend all operations that it found.</summary>
/// <param name="failures">The records that it was at, at least one, each with what went wrong.</param>
internal sealed class OperationSweepException(IReadOnlyList<(string Record, BaasException Failure)> failures)
    : BaasException("operation-sweep-incomplete", $"cannot mend {failures.Count} operations: {string.Join("; ", failures.Take(Told).Select(one => $"{one.Record}: {one.Failure.Message}"))}", failures[0].Failure)
{
    private const int Told = 5;
}
