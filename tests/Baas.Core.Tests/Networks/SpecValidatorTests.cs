using Baas.Core.Networks.Validation;

namespace Baas.Core.Tests.Networks;

public sealed class SpecValidatorTests
{
    private const string Chaincode = "image: asset";
    private const string Channel = "name: main";
    private const string Org2 = "name: org2, peers: 2";

    [Theory]
    [InlineData("3.1.5", "3.9.1", "$.fabricVersion", "unknown-fabric-version")]
    [InlineData("3.1.5", "2.2.20", "$.fabricVersion", "fabric-version-not-provisioned")]
    [InlineData("nodes: 3", "nodes: 8", "$.ordering.nodes", "limit-exceeded")]
    [InlineData("nodes: 3", "nodes: 3, consensus: bft", "$.ordering.nodes", "bft-too-few-orderers")]
    [InlineData("nodes: 3", "nodes: 4, consensus: bft, ca: { algorithm: ed25519 }", "$.ordering.ca.algorithm", "ed25519-bft-orderers")]
    [InlineData("nodes: 3", "nodes: 3, batch: { preferredMaxBytes: 20000000 }", "$.ordering.batch.preferredMaxBytes", "batch-size")]
    [InlineData("nodes: 3", "nodes: 3, batch: { timeout: 0s }", "$.ordering.batch.timeout", "validity")]
    [InlineData("nodes: 3", "nodes: 3, ca: { validity: 0d }", "$.ordering.ca.validity", "validity")]
    [InlineData("nodes: 3", "nodes: 3, ca: { caValidity: 36526d }", "$.ordering.ca.caValidity", "validity")]
    [InlineData("nodes: 3", "nodes: 3, ca: { validity: 10d, caValidity: 9d }", "$.ordering.ca.validity", "validity")]
    [InlineData("nodes: 3", "nodes: 3, resources: { cpu: 3 }", "$.ordering.resources.cpu", "quantity")]
    [InlineData("nodes: 3", "nodes: 3, resources: { memory: 0 }", "$.ordering.resources.memory", "quantity")]
    [InlineData("nodes: 3", "nodes: 3, resources: { storage: 0Gi }", "$.ordering.resources.storage", "quantity")]
    [InlineData(Org2, "name: org1", "$.organizations[1].name", "duplicate-name")]
    [InlineData(Org2, "name: orderer", "$.organizations[1].name", "duplicate-name")]
    [InlineData(Org2, "name: org2, mspId: Org1MSP", "$.organizations[1].mspId", "duplicate-msp-id")]
    [InlineData(Org2, "name: org2, mspId: OrdererMSP", "$.organizations[1].mspId", "duplicate-msp-id")]
    [InlineData(Org2, "name: org2, peers: 9", "$.organizations[1].peers", "limit-exceeded")]
    [InlineData(Channel, "name: main, organizations: []", "$.channels[0].organizations", "out-of-range")]
    [InlineData(Channel, "name: main, organizations: [org1, org1]", "$.channels[0].organizations[1]", "duplicate-name")]
    [InlineData(Channel, "name: main, organizations: [org3]", "$.channels[0].organizations[0]", "unknown-organization")]
    [InlineData(Channel, "name: main, organizations: [orderer]", "$.channels[0].organizations[0]", "unknown-organization")]
    [InlineData("- { name: main }", "- { name: main }\n  - { name: main }", "$.channels[1].name", "duplicate-name")]
    [InlineData(Channel, "name: main, capabilities: { channel: V3_0, orderer: V2_0, application: V9_9 }", "$.channels[0].capabilities.application", "capability-not-available")]
    [InlineData(Channel, "name: main, policies: { readers: SOME Readers }", "$.channels[0].policies.readers", "malformed-policy")]
    [InlineData(Channel, "name: main, policies: { admins: /Channel/Application/Admins }", "$.channels[0].policies.admins", "policy-kind")]
    [InlineData(Channel, "name: main, policies: { writers: \"OR('Org9MSP.member')\" }", "$.channels[0].policies.writers", "policy-unknown-msp")]
    [InlineData(Channel, "name: main, policies: { endorsement: \"OR('Org1MSP.admin')\" }", "$.channels[0].policies.endorsement", "policy-not-satisfiable")]
    [InlineData(Chaincode, "image: asset, channel: other", "$.chaincodes[0].channel", "unknown-channel")]
    [InlineData("name: asset", "name: lscc", "$.chaincodes[0].name", "reserved-name")]
    [InlineData(Chaincode, "image: asset, sequence: 2", "$.chaincodes[0].sequence", "sequence-not-next")]
    [InlineData(Chaincode, "image: asset, endorsementPolicy: ANY Endorsement", "$.chaincodes[0].endorsementPolicy", "policy-kind")]
    [InlineData(Chaincode, "image: asset, endorsementPolicy: \"OutOf(5, 'Org1MSP.peer', 'Org2MSP.peer')\"", "$.chaincodes[0].endorsementPolicy", "policy-not-satisfiable")]
    [InlineData(Chaincode, "image: asset, endorsementPolicy: \"AND('Org1MSP.peer', 'Org1MSP.peer', 'Org1MSP.peer')\"", "$.chaincodes[0].endorsementPolicy", "policy-not-satisfiable")]
    [InlineData(Chaincode, "image: asset, collections: [{ name: a, policy: \"AND('Org1MSP.member', 'Org2MSP.member')\" }]", "$.chaincodes[0].collections[0].policy", "policy-kind")]
    [InlineData(Chaincode, "image: asset, collections: [{ name: a, policy: \"OR('Org1MSP.member')\", requiredPeerCount: 2 }]", "$.chaincodes[0].collections[0].requiredPeerCount", "collection-peer-count")]
    [InlineData(
        Chaincode, "image: asset, collections: [{ name: a, policy: \"OR('Org1MSP.member')\", requiredPeerCount: 2, maxPeerCount: 2 }]", "$.chaincodes[0].collections[0].requiredPeerCount", "collection-peer-count")]
    public void Validate_Wrong_NamesPlaceAndCode(string part, string other, string path, string code)
    {
        // A property that stands twice in a flow mapping is refused by the reader, so the later channel replaces the first one.
        var spec = part == Chaincode && other.Contains("channel: other", StringComparison.Ordinal)
            ? TestSpecs.With("channel: main", "channel: other")
            : TestSpecs.With(part, other);

        var report = SpecValidator.Validate(spec, null, new SpecLimits());

        Assert.Contains((path, code), report.Violations.Select(violation => (violation.Path, violation.Code)));
        Assert.InRange(report.Violations.Count, 1, 3); // a name that stands twice is also an MSP id and a member that stand twice
    }

    [Theory]
    [InlineData("nodes: 3", "nodes: 3, ca: { algorithm: ed25519 }", "$.ordering.ca.algorithm")]
    [InlineData(Org2, "name: org2, peers: 2, ca: { algorithm: ed25519 }", "$.organizations[1].ca.algorithm")]
    public void Validate_Ed25519_NeedsFabric3AndTheChannelsCapability(string part, string other, string path)
    {
        const string Lower = "name: main, capabilities: { channel: V2_0, orderer: V2_0, application: V2_0 }";
        var yaml = TestSpecs.Yaml.Replace(part, other, StringComparison.Ordinal);
        var reports = new[] { yaml, yaml.Replace("3.1.5", "2.5.16", StringComparison.Ordinal), yaml.Replace(Channel, Lower, StringComparison.Ordinal) }
            .Select(text => SpecValidator.Validate(TestSpecs.Read(text), null, new SpecLimits()).Violations.Select(violation => (violation.Path, violation.Code)));

        Assert.Equal([[], [(path, "ed25519-not-available")], [("$.channels[0].capabilities.channel", "ed25519-needs-capability")]], reports);
    }

    [Fact]
    public void Validate_Ed25519OfAnOrganizationBesideBftOrderers_IsTaken()
    {
        var yaml = TestSpecs.Yaml.Replace("nodes: 3", "nodes: 4, consensus: bft", StringComparison.Ordinal).Replace(Org2, "name: org2, peers: 2, ca: { algorithm: ed25519 }", StringComparison.Ordinal);

        Assert.Empty(SpecValidator.Validate(TestSpecs.Read(yaml), null, new SpecLimits()).Violations);
    }

    [Fact]
    public void Validate_SeveralWrong_NamesAllAtOnce()
    {
        var spec = TestSpecs.Read(TestSpecs.Yaml
            .Replace("3.1.5", "2.5.16", StringComparison.Ordinal)
            .Replace("nodes: 3", "nodes: 9, consensus: bft", StringComparison.Ordinal)
            .Replace("channel: main", "channel: other", StringComparison.Ordinal));

        var report = SpecValidator.Validate(spec, null, new SpecLimits());

        Assert.Equal(["consensus-not-available", "limit-exceeded", "unknown-channel"], report.Violations.Select(violation => violation.Code));
    }

    [Theory]
    [InlineData("nodes: 3", "nodes: 1", "single-orderer")]
    [InlineData("nodes: 3", "nodes: 4", "even-raft-nodes")]
    [InlineData("nodes: 3", "nodes: 5, consensus: bft", "bft-surplus-nodes")]
    [InlineData("nodes: 3", "nodes: 3, batch: { absoluteMaxBytes: 99000000 }", "large-blocks")]
    [InlineData(Org2, "name: org2, peers: 1", "one-peer")]
    [InlineData(Org2, "name: org2, peers: 2, stateDatabase: couchdb", "mixed-state-databases")]
    [InlineData(Chaincode, "image: asset, collections: [{ name: a, policy: \"OR('Org1MSP.peer')\" }]", "collection-without-clients")]
    public void Validate_Unwise_WarnsAndAccepts(string part, string other, string code)
    {
        var report = SpecValidator.Validate(TestSpecs.With(part, other), null, new SpecLimits());

        Assert.Empty(report.Violations);
        Assert.Equal([code], report.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void Validate_Limits_AreTheGivenOnes()
    {
        var limits = new SpecLimits { Organizations = 1, Orderers = 2, PeersPerOrganization = 1, Channels = 0, Chaincodes = 0 };

        var report = SpecValidator.Validate(TestSpecs.Network, null, limits);

        Assert.Equal(
            ["$.chaincodes", "$.channels", "$.ordering.nodes", "$.organizations", "$.organizations[0].peers", "$.organizations[1].peers"],
            report.Violations.Select(violation => violation.Path).Order(StringComparer.Ordinal));
        Assert.All(report.Violations, violation => Assert.Equal("limit-exceeded", violation.Code));
    }

    [Fact]
    public void Validate_RecordMadeWithoutTheReader_IsChecked()
    {
        var spec = TestSpecs.Network with { Name = default, Ordering = TestSpecs.Network.Ordering with { Nodes = -1 } };

        var report = SpecValidator.Validate(spec, null, new SpecLimits());

        Assert.Equal(["$.name", "$.ordering.nodes"], report.Violations.Select(violation => violation.Path));
    }
}
