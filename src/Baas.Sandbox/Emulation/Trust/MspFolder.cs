using System.Security.Cryptography;
using Baas.Core.Fabric.Protos.Msp;
using Google.Protobuf;
using YamlDotNet.RepresentationModel;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>An MSP as files: cacerts, signcerts, keystore, config.yaml and so on.</summary>
internal static class MspFolder
{
    /// <summary>Reads a folder.</summary>
    /// <exception cref="EmulationException">Something that has to be there is not, or cannot be read.</exception>
    public static (FabricMSPConfig Config, byte[] SignCert, NodeKey Key) Read(string folder, string mspId)
    {
        var config = new FabricMSPConfig
        {
            Name = mspId,
            RootCerts = { Files(folder, "cacerts") },
            IntermediateCerts = { Files(folder, "intermediatecerts") },
            Admins = { Files(folder, "admincerts") },
            RevocationList = { Files(folder, "crls") },
            TlsRootCerts = { Files(folder, "tlscacerts") },
            TlsIntermediateCerts = { Files(folder, "tlsintermediatecerts") },
        };
        var yaml = Path.Combine(folder, "config.yaml");
        if (File.Exists(yaml))
        {
            config.FabricNodeOus = Units(folder, yaml);
        }

        var signer = Files(folder, "signcerts").FirstOrDefault() ?? throw new EmulationException($"cannot set up MSP \"{mspId}\": no certificate in signcerts of \"{folder}\"");
        var key = Files(folder, "keystore").FirstOrDefault() ?? throw new EmulationException($"cannot set up MSP \"{mspId}\": no key in keystore");
        return (config, signer.ToByteArray(), Key(mspId, key, Pem.Certificates(signer.Memory).First()));
    }

    private static NodeKey Key(string mspId, ByteString pem, Certificate certificate)
    {
        try
        {
            return NodeKey.Read(pem, certificate.X509);
        }
        catch (Exception failure) when (failure is ArgumentException or IOException or CryptographicException)
        {
            throw new EmulationException($"cannot set up MSP \"{mspId}\": the key in keystore cannot be read", failure);
        }
    }

    private static FabricNodeOUs? Units(string folder, string file)
    {
        using var reader = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        if (yaml.Documents.Count == 0 || yaml.Documents[0].RootNode is not YamlMappingNode root || Child(root, "NodeOUs") is not YamlMappingNode units)
        {
            return null;
        }

        return new FabricNodeOUs
        {
            Enable = string.Equals((Child(units, "Enable") as YamlScalarNode)?.Value, "true", StringComparison.OrdinalIgnoreCase),
            ClientOuIdentifier = Unit(folder, Child(units, "ClientOUIdentifier")),
            PeerOuIdentifier = Unit(folder, Child(units, "PeerOUIdentifier")),
            AdminOuIdentifier = Unit(folder, Child(units, "AdminOUIdentifier")),
            OrdererOuIdentifier = Unit(folder, Child(units, "OrdererOUIdentifier")),
        };
    }

    private static FabricOUIdentifier? Unit(string folder, YamlNode? node)
    {
        if (node is not YamlMappingNode unit || (Child(unit, "OrganizationalUnitIdentifier") as YamlScalarNode)?.Value is not { Length: > 0 } name)
        {
            return null;
        }

        var identifier = new FabricOUIdentifier { OrganizationalUnitIdentifier = name };
        if ((Child(unit, "Certificate") as YamlScalarNode)?.Value is { Length: > 0 } certificate)
        {
            var path = Path.Combine(folder, certificate);
            identifier.Certificate = File.Exists(path)
                ? ByteString.CopyFrom(File.ReadAllBytes(path))
                : throw new EmulationException($"cannot set up MSP: config.yaml names \"{certificate}\", which is not there");
        }

        return identifier;
    }

    private static YamlNode? Child(YamlMappingNode node, string name) =>
        node.Children.FirstOrDefault(child => string.Equals((child.Key as YamlScalarNode)?.Value, name, StringComparison.OrdinalIgnoreCase)).Value;

    // Names that begin with dots are how Kubernetes lays out volumes.
    private static IEnumerable<ByteString> Files(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        return Directory.Exists(path)
            ? Directory.GetFiles(path).Where(file => !Path.GetFileName(file).StartsWith('.')).Order(StringComparer.Ordinal).Select(file => ByteString.CopyFrom(File.ReadAllBytes(file)))
            : [];
    }
}
