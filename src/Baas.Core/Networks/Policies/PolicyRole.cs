namespace Baas.Core.Networks.Policies;

/// <summary>What an identity has to be, by its certificate's organizational unit.</summary>
public enum PolicyRole
{
    /// <summary>Any identity of the organization.</summary>
    Member,

    /// <summary>An administrator.</summary>
    Admin,

    /// <summary>An application or a person.</summary>
    Client,

    /// <summary>A peer.</summary>
    Peer,

    /// <summary>An orderer.</summary>
    Orderer,
}
