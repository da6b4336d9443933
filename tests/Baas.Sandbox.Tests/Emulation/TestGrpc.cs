using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace Baas.Sandbox.Tests.Emulation;

/// <summary>A gRPC client of a few lines, independent of the one that is shipped.</summary>
internal sealed class TestGrpc : IDisposable
{
    private readonly HttpClient _http;

    public TestGrpc(IPAddress address, int port, TestOrganization trust, X509Certificate2? client)
    {
        var roots = new X509Certificate2Collection(X509CertificateLoader.LoadCertificate(trust.TlsRoot));
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(roots);
        _http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = policy,
                LocalCertificateSelectionCallback = client is null ? null : (_, _, _, _, _) => client,
                ClientCertificates = client is null ? null : [client],
            },
        })
        { BaseAddress = new Uri($"https://{address}:{port}"), DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
    }

    /// <summary>Sends one message and reads every answer; the status is 0 when all went well.</summary>
    public async Task<(List<T> Answers, int Status, string Detail)> CallAsync<T>(string method, IMessage request, MessageParser<T> parser)
        where T : IMessage<T>
    {
        var frame = new byte[5 + request.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        request.WriteTo(frame.AsSpan(5));
        using var content = new ByteArrayContent(frame);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var answer = await _http.PostAsync(new Uri(method, UriKind.Relative), content, deadline.Token);
        var body = (await answer.Content.ReadAsByteArrayAsync(deadline.Token)).AsMemory();
        var answers = new List<T>();
        while (!body.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(body.Span[1..]);
            answers.Add(parser.ParseFrom(body.Span.Slice(5, length)));
            body = body[(5 + length)..];
        }

        var status = answer.TrailingHeaders.TryGetValues("grpc-status", out var values) ? int.Parse(values.First(), null) : -1;
        var detail = answer.TrailingHeaders.TryGetValues("grpc-message", out var texts) ? Uri.UnescapeDataString(texts.First()) : string.Empty;
        return (answers, status, detail);
    }

    public void Dispose() => _http.Dispose();
}
