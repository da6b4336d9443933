using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Baas.Core.Networks;
using Google.Protobuf;

namespace Baas.Core.Fabric.Transport;

/// <summary>The way to one node. Costs nothing to make; the sockets behind it are shared and belong to <see cref="FabricConnections"/>.</summary>
internal sealed class NodeConnection
{
    private readonly FabricConnections _connections;
    private readonly NodeTls _tls;
    private readonly string _tlsKey;
    private readonly string _name;
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    internal NodeConnection(FabricConnections connections, NodeEndpoint endpoint, NodeTls tls)
    {
        _connections = connections;
        _tls = tls;
        _tlsKey = TlsSettings.KeyOf(tls);
        Endpoint = endpoint;
        _name = Name(endpoint.Port);
    }

    /// <summary>The node.</summary>
    public NodeEndpoint Endpoint { get; }

    /// <summary>The SHA-256 hash of the client certificate that the connection shows; empty when it has none.</summary>
    public ReadOnlyMemory<byte> ClientCertificateHash => _tls.Client?.Hash() ?? default(ReadOnlyMemory<byte>);

    /// <summary>Sends one message and reads the one answer.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="request">The message.</param>
    /// <param name="deadline">How long the whole call may take.</param>
    /// <param name="cancellationToken">Gives up the call; the node is told.</param>
    /// <exception cref="GrpcException">The node says no, or nothing in time.</exception>
    /// <exception cref="NodeUnreachableException">There is no connection.</exception>
    /// <exception cref="NodeUntrustedException">There is no trust.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TRequest request, TimeSpan deadline, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse>
    {
        using var lease = Rent(Endpoint.Port);
        return await UnaryCall.SendAsync(_name, AddressOf(method.Path), method, request, lease.Invoker, deadline, cancellationToken);
    }

    /// <summary>Opens a call that streams; the caller writes, completes, reads and disposes it.</summary>
    /// <param name="method">What to call.</param>
    /// <param name="deadline">How long the whole call may take; <see cref="Timeout.InfiniteTimeSpan"/> for streams that follow a ledger.</param>
    /// <param name="cancellationToken">Gives up the call; the node is told.</param>
    public GrpcCall<TRequest, TResponse> Open<TRequest, TResponse>(GrpcMethod<TRequest, TResponse> method, TimeSpan deadline, CancellationToken cancellationToken)
        where TRequest : IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> =>
        new(Name(Endpoint.Port), Address(Endpoint.Port), method, Rent(Endpoint.Port), deadline, cancellationToken);

    /// <summary>Sends a plain HTTP request to the node's admin port.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path, absolute.</param>
    /// <param name="content">The body, or null.</param>
    /// <param name="deadline">How long the whole request may take.</param>
    /// <param name="cancellationToken">Gives up the request.</param>
    /// <exception cref="NodeUnreachableException">There is no connection, or no answer in time.</exception>
    /// <exception cref="NodeUntrustedException">There is no trust.</exception>
    public async Task<HttpReply> SendAsync(HttpMethod method, string path, HttpContent? content, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var port = Endpoint.AdminPort ?? throw new NodeUnreachableException($"{Endpoint.Node}", "it has no admin port");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(deadline);
        using var lease = Rent(port);
        using var request = new HttpRequestMessage(method, new Uri(Address(port), path))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };

        try
        {
            using var response = await lease.Invoker.SendAsync(request, stop.Token);
            return new HttpReply(response.StatusCode, await response.Content.ReadAsByteArrayAsync(stop.Token));
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeUnreachableException(Name(port), "it does not answer in time", failure);
        }
        catch (Exception failure) when (TransportFailures.IsOne(failure))
        {
            throw TransportFailures.OfRequest(Name(port), failure);
        }
    }

    /// <summary>Reads the serial number of the TLS certificate that the node shows now, in a handshake of its own that no open connection answers for.</summary>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The number, hexadecimal.</returns>
    /// <exception cref="NodeUnreachableException">There is no connection, or no answer in time.</exception>
    /// <exception cref="NodeUntrustedException">There is no trust: another authority's certificate, or one that has expired.</exception>
    public async Task<string> ReadSerialNumberAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(deadline);
        try
        {
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(Endpoint.Dial ?? Endpoint.Host, Endpoint.Port, stop.Token);
            await using var tls = new SslStream(client.GetStream());
            var options = TlsSettings.For(_tls, Endpoint.Host);
            options.AllowTlsResume = false;
            options.ApplicationProtocols = [SslApplicationProtocol.Http2];
            await tls.AuthenticateAsClientAsync(options, stop.Token);
            return tls.RemoteCertificate?.GetSerialNumberString() ?? "";
        }
        catch (OperationCanceledException failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NodeUnreachableException(_name, "it does not answer in time", failure);
        }
        catch (AuthenticationException failure)
        {
            throw new NodeUntrustedException(_name, failure.GetBaseException().Message, failure);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            throw new NodeUnreachableException(_name, failure.Message, failure);
        }
    }

    private FabricConnections.Lease Rent(int port) => _connections.Rent(new FabricConnections.Key(Endpoint.Dial ?? Endpoint.Host, port, Endpoint.Host, _tlsKey), _tls);

    private Uri AddressOf(string path) => _addresses.GetOrAdd(path, static (path, connection) => new Uri(connection.Address(connection.Endpoint.Port), path), this);

    private Uri Address(int port) => new UriBuilder(Uri.UriSchemeHttps, Endpoint.Host, port).Uri;

    private string Name(int port) => $"{Endpoint.Node} at {Endpoint.Dial ?? Endpoint.Host}:{port}";
}
