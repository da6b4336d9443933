using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Baas.Sandbox.Cluster.Certificates;

/// <summary>The file by which kubectl and Baas find the cluster and show who they are.</summary>
internal static class KubeconfigFile
{
    private const string Name = "baas-sandbox";

    /// <summary>Writes the file, readable by its owner only.</summary>
    /// <param name="path">The file.</param>
    /// <param name="server">The API server's address.</param>
    /// <param name="certificates">The cluster's certificates; the file holds the administrator's key.</param>
    public static void Write(string path, Uri server, ClusterCertificates certificates) => OwnerFiles.Write(path, Text(server, certificates.Authority, certificates.Administrator));

    /// <summary>The file's text.</summary>
    public static string Text(Uri server, X509Certificate2 authority, X509Certificate2 client)
    {
        using var key = client.GetECDsaPrivateKey()!; // issued with one
        return $"""
            apiVersion: v1
            kind: Config
            clusters:
            - name: {Name}
              cluster:
                server: {server.GetLeftPart(UriPartial.Authority)}
                certificate-authority-data: {Encode(authority.ExportCertificatePem())}
            contexts:
            - name: {Name}
              context:
                cluster: {Name}
                user: {Name}
            current-context: {Name}
            users:
            - name: {Name}
              user:
                client-certificate-data: {Encode(client.ExportCertificatePem())}
                client-key-data: {Encode(key.ExportPkcs8PrivateKeyPem())}

            """;
    }

    private static string Encode(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem + "\n"));
}
