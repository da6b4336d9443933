using Baas.Core.Networks.Documents;

namespace Baas.Testing.Networks;

/// <summary>A generated specification document.</summary>
/// <param name="Seed">What it was generated from: the same seed gives the same document.</param>
/// <param name="Text">The document.</param>
/// <param name="Format">How it is written.</param>
/// <param name="IsValid">Whether it has to be accepted; of others nothing is known.</param>
public sealed record RandomDocument(int Seed, string Text, SpecFormat Format, bool IsValid);
