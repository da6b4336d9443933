using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Baas.Core.Fabric.Protos.Lifecycle;
using Baas.Core.Fabric.Protos.Peer;
using Baas.Sandbox.Emulation.Chaincodes;
using Baas.Sandbox.Emulation.Transport;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Peers;

/// <summary>Finds the server of a chaincode the way a peer does: definition, own organization's package, connection.json, address.</summary>
internal sealed class UserChaincodes(PeerNode peer)
{
    private const string Initialized = "\0\U0010FFFFinitialized";

    /// <summary>Runs a call.</summary>
    /// <exception cref="EmulationException">The chaincode cannot be reached.</exception>
    /// <exception cref="GrpcFailure">The server is reached, but it is only a listener.</exception>
    public Response Invoke(ChaincodeCall call, PeerChannel channel)
    {
        var name = call.Proposal.Chaincode;
        var definition = channel.DefinitionOf(name)
            ?? throw new EmulationException($"make sure the chaincode {name} has been successfully defined on channel {channel.Name} and try again: chaincode {name} not found");
        var packageId = PackageOf(channel, name, definition.Sequence);
        var package = packageId is null ? null : peer.Packages.Read(packageId);
        if (packageId is null || package is null)
        {
            throw new EmulationException($"error in simulation: failed to execute transaction: chaincode definition for '{name}' exists, but chaincode is not installed");
        }

        DemandInit(call, definition);
        var server = Reach(name, packageId, package);
        return server.Contract is { } contract
            ? contract.Invoke(call, call.Simulator!) // calls on a channel have one
            : throw new GrpcFailure(GrpcStatusCode.Unimplemented, $"emulated nodes do not run chaincode: \"{server.Image}\" only listens");
    }

    // core/chaincode/chaincode_support.go, CheckInvocation: init comes once for each version, and before all else.
    private static void DemandInit(ChaincodeCall call, ChaincodeDefinition definition)
    {
        var (name, version, isInit) = (call.Proposal.Chaincode, definition.Endorsement.Version, call.Proposal.Input.IsInit);
        var needsInit = definition.Endorsement.InitRequired && call.Simulator!.Get(Initialized)?.ToStringUtf8() != version; // calls on a channel have one
        var refusal = (isInit, definition.Endorsement.InitRequired, needsInit) switch
        {
            (true, false, _) => $"chaincode '{name}' does not require initialization but called as init",
            (true, true, false) => $"chaincode '{name}' is already initialized but called as init",
            (false, _, true) => $"chaincode '{name}' has not been initialized for this version, must call as init first",
            _ => null,
        };
        if (refusal is not null)
        {
            throw new EmulationException($"error in simulation: failed to execute transaction {call.Proposal.Channel.TxId}: invalid invocation: {refusal}");
        }

        if (isInit)
        {
            call.Simulator!.Put(Initialized, ByteString.CopyFromUtf8(version));
        }
    }

    private string? PackageOf(PeerChannel channel, string name, long sequence)
    {
        channel.FetchMissing();
        var key = ChaincodeDefinition.FieldKey(ChaincodeDefinition.Sources, $"{name}#{sequence}", "PackageID");
        var value = channel.State.GetPrivate(LifecycleChaincode.Name, EndorsementPolicies.ImplicitCollection(peer.Msp.Id), key);
        return value is not null && StateData.Parser.ParseFrom(value).String is { Length: > 0 } id ? id : null;
    }

    private ChaincodeProgram Reach(string name, string packageId, byte[] package)
    {
        EmulationException Failed(string cause) => new($"error in simulation: failed to execute transaction: could not launch chaincode {packageId}: {cause}");
        var (address, root) = ConnectionIn(package) ?? throw Failed("connection.json cannot be read");
        var colon = address.LastIndexOf(':');
        var host = address[..Math.Max(0, colon)];
        var ip = IPAddress.TryParse(host, out var literal) ? literal : peer.Resolve(host);
        if (ip is null || !int.TryParse(address[(colon + 1)..], out var port) || peer.Chaincodes.At(new IPEndPoint(ip, port)) is not { } server)
        {
            throw Failed($"error creating grpc connection to {address}: nothing listens there");
        }

        if ((root is null) != (server.Certificate is null) || (root is not null && !IsTrusted(server.Certificate!, root, host)))
        {
            throw Failed($"error creating grpc connection to {address}: TLS handshake failed");
        }

        return server.PackageId == packageId ? server : throw Failed($"the server at {address} of chaincode {name} registered as {server.PackageId}");
    }

    private static bool IsTrusted(X509Certificate2 certificate, string root, string host)
    {
        try
        {
            var authorities = Pem.Certificates(Encoding.UTF8.GetBytes(root)).ToList();
            return authorities.Exists(Certificate.Parse(certificate.RawData).IsIssuedBy) && certificate.MatchesHostname(host);
        }
        catch (EmulationException)
        {
            return false;
        }
    }

    private static (string Address, string? Root)? ConnectionIn(byte[] package)
    {
        try
        {
            var code = TarFiles.Read(TarFiles.Read(package)["code.tar.gz"]);
            using var connection = JsonDocument.Parse(code["connection.json"]);
            var root = connection.RootElement;
            var hasTls = root.TryGetProperty("tls_required", out var required) && required.ValueKind == JsonValueKind.True;
            return (root.GetProperty("address").GetString() ?? string.Empty, hasTls ? root.GetProperty("root_cert").GetString() ?? string.Empty : null);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
