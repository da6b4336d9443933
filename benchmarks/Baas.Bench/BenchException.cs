namespace Baas.Bench;

/// <summary>A benchmark could not be carried out.</summary>
internal sealed class BenchException(string message) : Exception(message);
