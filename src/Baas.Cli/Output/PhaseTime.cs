namespace Baas.Cli.Output;

/// <summary>How long a phase took.</summary>
/// <param name="Name">The phase.</param>
/// <param name="Seconds">Its seconds.</param>
internal sealed record PhaseTime(string Name, double Seconds);
