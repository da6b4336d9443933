namespace Baas.Core.Networks.Validation;

/// <summary>Where a policy stands, which decides on its kind and on who can satisfy it.</summary>
internal enum PolicyUse
{
    /// <summary>A channel's policy that people and applications satisfy: implicit meta or signature.</summary>
    Channel,

    /// <summary>A channel's policy that peers satisfy: implicit meta or signature.</summary>
    ChannelEndorsement,

    /// <summary>A chaincode's or collection's endorsement policy: signature or a reference to the channel's.</summary>
    Endorsement,

    /// <summary>The members of a collection: principals and OR alone.</summary>
    Collection,
}
