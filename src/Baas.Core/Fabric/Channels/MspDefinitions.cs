using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;

namespace Baas.Core.Fabric.Channels;

/// <summary>The public half of an organization as nodes check identities against it.</summary>
internal static class MspDefinitions
{
    // msp.FABRIC: identities are X.509 certificates.
    private const int FabricType = 0;

    /// <summary>The value <c>MSP</c> of an organization, with roles by organizational unit.</summary>
    public static MSPConfig Of(ChannelOrganization organization) => new()
    {
        Type = FabricType,
        Config = new FabricMSPConfig
        {
            Name = organization.MspId.Value,
            RootCerts = { Bytes(organization.Roots) },
            IntermediateCerts = { Bytes(organization.Intermediates) },
            TlsRootCerts = { Bytes(organization.TlsRoots) },
            TlsIntermediateCerts = { Bytes(organization.TlsIntermediates) },
            RevocationList = { Bytes(organization.RevocationLists) },
            CryptoConfig = new FabricCryptoConfig { SignatureHashFamily = "SHA2", IdentityIdentifierHashFunction = "SHA256" },
            FabricNodeOus = NodeOUs(IssuerOf(organization)),
        }.ToByteString(),
    };

    private static FabricNodeOUs NodeOUs(ByteString issuer) => new()
    {
        Enable = true,
        ClientOuIdentifier = Unit("client", issuer),
        PeerOuIdentifier = Unit("peer", issuer),
        AdminOuIdentifier = Unit("admin", issuer),
        OrdererOuIdentifier = Unit("orderer", issuer),
    };

    private static FabricOUIdentifier Unit(string name, ByteString issuer) => new() { OrganizationalUnitIdentifier = name, Certificate = issuer };

    // A unit counts only in certificates of the CA that is named, and that has to be the direct issuer (msp/mspimpl.go). Where it is not plain
    // which one that is, none is named: then any CA of the organization will do.
    private static ByteString IssuerOf(ChannelOrganization organization)
    {
        var issuers = organization.Intermediates.Count > 0 ? organization.Intermediates : organization.Roots;
        return issuers is [var only] ? ByteString.CopyFromUtf8(only) : ByteString.Empty;
    }

    private static IEnumerable<ByteString> Bytes(IReadOnlyList<string> texts) => texts.Select(ByteString.CopyFromUtf8);
}
