using Baas.Sandbox.Emulation.Ledger;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Checks the TLS certificates of consenters against the roots of the ordering organizations, and the kind of their identities.</summary>
internal static class ConsenterCertificates
{
    /// <summary>Checks them all.</summary>
    /// <exception cref="EmulationException">One of them is not from these roots, its identity is none that orderers of BFT know, or there are no consenters.</exception>
    public static void Demand(ChannelConfig config)
    {
        if (config.Consenters.Count == 0)
        {
            throw new EmulationException("invalid consensus metadata: there are no consenters");
        }

        var authorities = config.OrdererMsps.TlsAuthorities().Select(root => Certificate.Parse(root.RawData)).ToList();
        foreach (var consenter in config.Consenters)
        {
            Demand(consenter.Host, consenter.ServerTlsCert, "server", authorities);
            Demand(consenter.Host, consenter.ClientTlsCert, "client", authorities);
            if (config.IsBft && Pem.Certificates(consenter.Identity.Memory).First().IsOfEd25519)
            {
                // As in common/crypto/sanitize.go and orderer/common/cluster/util.go: both know ECDSA only.
                throw new EmulationException($"failed to determine cluster membership: failed unmarshaling ECDSA signature on identity of consenter {consenter.Host}");
            }
        }
    }

    private static void Demand(string host, ByteString pem, string kind, List<Certificate> authorities)
    {
        var certificate = Pem.Certificates(pem.Memory).First();
        if (!authorities.Exists(certificate.IsIssuedBy))
        {
            throw new EmulationException($"invalid consensus metadata: verifying tls {kind} cert of consenter {host}: x509: certificate signed by unknown authority");
        }
    }
}
