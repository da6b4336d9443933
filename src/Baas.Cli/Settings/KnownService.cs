namespace Baas.Cli.Settings;

/// <summary>A service that this user has started or signed in to.</summary>
internal sealed record KnownService
{
    /// <summary>Its address.</summary>
    public required Uri Server { get; init; }

    /// <summary>The tenant that commands are about unless they say otherwise.</summary>
    public required string Tenant { get; init; }

    /// <summary>The key that works there.</summary>
    public required string ApiKey { get; init; }

    /// <summary>Says nothing of the key.</summary>
    public override string ToString() => $"{Server} as {Tenant}";
}
