using System.Net;
using Baas.Sandbox.Emulation.Nodes;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Pods;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Baas.Sandbox.Emulation.Chaincodes;

/// <summary>The program of a CouchDB image: says that it is up. Emulated peers keep their state themselves.</summary>
internal sealed class CouchDbProgram : INode
{
    private const int Port = 5984;

    private readonly NodeServer _server;

    private CouchDbProgram(NodeServer server) => _server = server;

    /// <summary>Starts it.</summary>
    /// <exception cref="EmulationException">The port is taken.</exception>
    public static async Task<INode> StartAsync(ContainerLaunch launch, CancellationToken cancellationToken)
    {
        var listener = new NodeListener("couchdb", new IPEndPoint(launch.Address, Port), HttpProtocols.Http1, null, AnswerAsync);
        return new CouchDbProgram(await NodeServer.StartAsync([listener], cancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        switch (http.Request.Path.Value)
        {
            case "/_up":
                return http.Response.WriteAsync("""{"status":"ok","seeds":{}}""", http.RequestAborted);
            case "/":
                return http.Response.WriteAsync("""{"couchdb":"Welcome","version":"emulated"}""", http.RequestAborted);
            default:
                http.Response.StatusCode = StatusCodes.Status501NotImplemented;
                return http.Response.WriteAsync("""{"error":"not_implemented","reason":"emulated CouchDB: only /_up is emulated"}""", http.RequestAborted);
        }
    }
}
