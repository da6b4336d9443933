using System.Text;
using System.Text.Json.Nodes;
using Baas.Core.Networks;

namespace Baas.Core.Kubernetes.Manifests;

/// <summary>The CouchDB beside one peer. Pure: same arguments, same objects.</summary>
internal static class CouchDbManifests
{
    /// <summary>The Secret's key of the user's name.</summary>
    public const string UserKey = "username";

    /// <summary>The Secret's key of the password.</summary>
    public const string PasswordKey = "password";

    private const string User = "peer";

    // The user that the image is made for: its folders belong to it.
    private const int ImageUser = 5984;

    /// <summary>What has to be there before the StatefulSets of the peer and of the CouchDB.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="password">The password that the two share.</param>
    public static IReadOnlyList<Manifest> Before(PlacedNode peer, string password) =>
        [Secret(peer.Database, password), ServiceManifests.Service(peer.Database, Exposure.Cluster)];

    /// <summary>The StatefulSet.</summary>
    public static Manifest StatefulSet(PlacedNode peer, FabricVersion version, NodeResources resources, ClusterOptions cluster)
    {
        var node = peer.Database;
        return StatefulSets.Of(new PodSettings
        {
            Node = node,
            Image = FabricLine.From(cluster, FabricLine.Of(version).CouchDbImage),
            Environment = [Variables.FromSecret("COUCHDB_USER", node.Secret, UserKey), Variables.FromSecret("COUCHDB_PASSWORD", node.Secret, PasswordKey)],
            Fingerprint = "",
            Resources = resources,
            DataFolder = "/opt/couchdb/data",
            WritesToRoot = true,
            User = ImageUser,
            Probes = Probes.OfPath("/_up", "http"),
            PullSecret = cluster.ImagePullSecret,
        });
    }

    private static Manifest Secret(PlacedNode node, string password) => Bodies.Of(
        node.Secret,
        Labels.Of(node),
        ("type", "Opaque"),
        ("data", new JsonObject { [UserKey] = Encode(User), [PasswordKey] = Encode(password) }));

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
