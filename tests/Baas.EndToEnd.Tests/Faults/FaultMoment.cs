namespace Baas.EndToEnd.Tests.Faults;

/// <summary>When a step fails.</summary>
internal enum FaultMoment
{
    /// <summary>Instead of having its effect.</summary>
    Before,

    /// <summary>After it had its effect.</summary>
    After,
}
