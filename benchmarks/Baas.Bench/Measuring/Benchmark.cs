namespace Baas.Bench.Measuring;

/// <summary>Something that can be measured.</summary>
/// <param name="Name">The name that picks it on the command line.</param>
/// <param name="Description">One line for the list of all.</param>
/// <param name="Measure">Measures; the flag asks for the long form.</param>
internal sealed record Benchmark(string Name, string Description, Func<bool, CancellationToken, IAsyncEnumerable<Measurement>> Measure);
