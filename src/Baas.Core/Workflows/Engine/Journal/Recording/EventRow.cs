namespace Baas.Core.Workflows.Engine.Journal.Recording;

/// <summary>An event that no call has taken yet.</summary>
/// <param name="Instance">The instance's key.</param>
/// <param name="Number">Grows with every event of the engine.</param>
/// <param name="Name">The event's name.</param>
/// <param name="Payload">Its payload as JSON.</param>
internal sealed record EventRow(long Instance, long Number, string Name, string Payload);
