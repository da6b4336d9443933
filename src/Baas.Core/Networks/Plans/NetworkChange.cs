using System.Text.Json.Serialization;

namespace Baas.Core.Networks.Plans;

/// <summary>One change of a network, complete enough to be carried out by one child workflow. Of a removal phase: what is taken away.</summary>
/// <remarks>It is a durable payload: properties are never renamed or reused, new ones need a default.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(AddOrganization), "addOrganization")]
[JsonDerivedType(typeof(AddOrderer), "addOrderer")]
[JsonDerivedType(typeof(AddPeer), "addPeer")]
[JsonDerivedType(typeof(AddChannel), "addChannel")]
[JsonDerivedType(typeof(AddChaincode), "addChaincode")]
[JsonDerivedType(typeof(VerifyChaincode), "verifyChaincode")]
public abstract record NetworkChange
{
    /// <summary>The discriminator as it stands in JSON, such as <c>addPeer</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>What the change works on, unique among the changes of its kind: <c>peer-1.org1</c>. Not part of the payload.</summary>
    [JsonIgnore]
    public abstract string Subject { get; }

    /// <summary>What is added (or, in a removal phase, removed), in one line for people. Not part of the payload.</summary>
    [JsonIgnore]
    public abstract string Summary { get; }
}
