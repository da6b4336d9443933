using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Baas.Sandbox.Emulation.Transport;

/// <summary>One port of a node.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="EndPoint">The address and port.</param>
/// <param name="Protocols">HTTP/2 for gRPC, HTTP/1.1 for REST.</param>
/// <param name="Tls">The TLS of the port, or null for none.</param>
/// <param name="Handle">Serves a request.</param>
internal sealed record NodeListener(string Name, IPEndPoint EndPoint, HttpProtocols Protocols, ListenerTls? Tls, RequestDelegate Handle);
