namespace Baas.Core.Records;

/// <summary>What a caller may do; each role may do what those before it may.</summary>
public enum Role
{
    /// <summary>May look at a tenant's networks and operations.</summary>
    Reader,

    /// <summary>May also create, change and delete networks.</summary>
    Operator,

    /// <summary>May also export identities with private keys, bring CAs, and manage the tenant's API keys.</summary>
    Owner,

    /// <summary>May do everything, for all tenants.</summary>
    Admin,
}
