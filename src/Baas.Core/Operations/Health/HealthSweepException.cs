namespace Baas.Core.Operations.Health;

/// <summary>A look at all networks was not whole.</summary>
/// <param name="networks">How many networks were not looked at.</param>
/// <param name="cause">Why the first of them was not.</param>
internal sealed class HealthSweepException(int networks, BaasException cause)
    : BaasException("health-sweep-incomplete", $"cannot look at {networks} networks: the first because: {cause.Message}", cause);
