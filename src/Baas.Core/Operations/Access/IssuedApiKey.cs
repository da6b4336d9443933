using Baas.Core.Records;

namespace Baas.Core.Operations.Access;

/// <summary>A new API key.</summary>
/// <param name="Record">What is on record about it.</param>
/// <param name="Key">The key itself; shown once.</param>
public sealed record IssuedApiKey(ApiKeyRecord Record, string Key)
{
    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => $"IssuedApiKey {Record.Id}";
}
