namespace Baas.Sandbox.Pods;

/// <summary>What an image is taken for.</summary>
/// <param name="Kind">The program.</param>
/// <param name="Repository">The image's name without registry and tag.</param>
/// <param name="Version">The version that the tag names; <c>latest</c> when there is none.</param>
internal sealed record ContainerImage(ImageKind Kind, string Repository, string Version)
{
    /// <summary>Looks at the image's name and, for chaincodes, at the environment.</summary>
    public static ContainerImage Of(ContainerLaunch launch)
    {
        var name = launch.Image.Split('@')[0].Split('/')[^1];
        var parts = name.Split(':');
        return new ContainerImage(KindOf(parts[0], launch), parts[0], parts.Length > 1 ? parts[1] : "latest");
    }

    private static ImageKind KindOf(string repository, ContainerLaunch launch) => repository switch
    {
        "fabric-orderer" => ImageKind.Orderer,
        "fabric-peer" => ImageKind.Peer,
        "couchdb" => ImageKind.CouchDb,
        _ when launch.Environment.ContainsKey("CHAINCODE_SERVER_ADDRESS") => ImageKind.Chaincode,
        _ => ImageKind.Unknown,
    };
}
