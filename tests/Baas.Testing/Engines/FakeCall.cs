namespace Baas.Testing.Engines;

/// <summary>One step that a workflow ran or undid in a <see cref="FakeEngine"/>.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Subject">What it worked on.</param>
/// <param name="Phase">What the root's child works on in which it happened; empty for the root itself.</param>
internal sealed record FakeCall(string Step, string Subject, string Phase);
