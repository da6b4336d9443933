namespace Baas.Functions.Http;

/// <summary>One change of a plan.</summary>
/// <param name="Kind">What kind of change, such as <c>addPeer</c>.</param>
/// <param name="Subject">What it works on.</param>
/// <param name="Summary">What it does, in one line.</param>
public sealed record PlanChangeResource(string Kind, string Subject, string Summary);
