namespace Baas.EndToEnd.Tests.Processes;

/// <summary>A program for the chaincode's image that listens and does nothing else: the real one needs what <c>npm ci</c> brings.</summary>
internal static class DummyChaincode
{
    /// <summary>Writes the program and the file that maps the image to it.</summary>
    /// <returns>That file.</returns>
    public static string WriteTo(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "listen.js"), """
            const [host, port] = process.env.CHAINCODE_SERVER_ADDRESS.split(':');
            require('net').createServer().listen(Number(port), host);
            """);
        var map = Path.Combine(folder, "sandbox-images.json");
        File.WriteAllText(map, """{ "images": { "baas.example/asset-chaincode:1.0": { "command": ["node", "listen.js"] } } }""");
        return map;
    }
}
