namespace Baas.Core.Networks;

/// <summary>
/// The application policies of a channel. Each is an implicit meta policy (<c>ANY|ALL|MAJORITY name</c>) or a signature
/// policy (<c>OR('Org1MSP.peer', AND(…), OutOf(2, …))</c>).
/// </summary>
public sealed record ChannelPolicies
{
    /// <summary>Who may read. The default is <c>ANY Readers</c>.</summary>
    public string Readers { get; init; } = "ANY Readers";

    /// <summary>Who may submit. The default is <c>ANY Writers</c>.</summary>
    public string Writers { get; init; } = "ANY Writers";

    /// <summary>Who may change the configuration. The default is <c>MAJORITY Admins</c>.</summary>
    public string Admins { get; init; } = "MAJORITY Admins";

    /// <summary>Who has to endorse a chaincode definition. The default is <c>MAJORITY Endorsement</c>.</summary>
    public string LifecycleEndorsement { get; init; } = "MAJORITY Endorsement";

    /// <summary>Who has to endorse a transaction of a chaincode without a policy of its own. The default is <c>MAJORITY Endorsement</c>.</summary>
    public string Endorsement { get; init; } = "MAJORITY Endorsement";
}
