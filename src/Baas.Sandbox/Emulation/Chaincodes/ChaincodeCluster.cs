using System.Collections.Concurrent;
using System.Net;

namespace Baas.Sandbox.Emulation.Chaincodes;

/// <summary>The emulated chaincode servers of this process, by address.</summary>
internal sealed class ChaincodeCluster
{
    private readonly ConcurrentDictionary<IPEndPoint, ChaincodeProgram> _servers = new();

    /// <summary>Says that a server can be reached.</summary>
    public void Add(ChaincodeProgram server) => _servers[server.EndPoint] = server;

    /// <summary>Says that a server is gone.</summary>
    public void Remove(ChaincodeProgram server) => _servers.TryRemove(KeyValuePair.Create(server.EndPoint, server));

    /// <summary>The server at an address, or null.</summary>
    public ChaincodeProgram? At(IPEndPoint endPoint) => _servers.GetValueOrDefault(endPoint);
}
