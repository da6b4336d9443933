namespace Baas.Core.Operations.Renewals;

/// <summary>The look at the certificates of all networks was not whole.</summary>
/// <param name="networks">How many networks were not looked at.</param>
/// <param name="cause">Why the first of them was not.</param>
internal sealed class RenewalSweepException(int networks, BaasException cause)
    : BaasException("renewal-sweep-incomplete", $"cannot look at the certificates of {networks} networks: the first because: {cause.Message}", cause);
