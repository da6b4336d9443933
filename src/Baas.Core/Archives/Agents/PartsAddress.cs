namespace Baas.Core.Archives.Agents;

/// <summary>Where an agent may send or fetch parts, for a short time. Whoever has it may use it: it stands in Secrets only.</summary>
/// <param name="Base">What stands before a part's name, with its closing slash.</param>
/// <param name="Query">What stands behind it, such as <c>?sig=…</c>.</param>
/// <param name="ExpiresAt">Until when it works.</param>
public sealed record PartsAddress(Uri Base, string Query, DateTimeOffset ExpiresAt)
{
    /// <summary>The address of one part.</summary>
    public Uri Of(string part) => new($"{Base}{part}{Query}");

    /// <summary>Without the part that gives access.</summary>
    public override string ToString() => $"{Base} until {ExpiresAt:u}";
}
