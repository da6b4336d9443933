using System.Globalization;
using System.Text.Json.Nodes;
using Baas.Core.Fabric.Gateway;
using Baas.Core.Fabric.Identities;
using Baas.Core.Networks;

namespace Baas.GatewayLoad;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadArguments
{
    public required JsonNode Profile { get; init; }

    public required JsonNode Identity { get; init; }

    public required string Channel { get; init; }

    public required string Chaincode { get; init; }

    public required bool IsSubmit { get; init; }

    public required int Concurrent { get; init; }

    public required int WarmUp { get; init; }

    public required int Count { get; init; }

    public required string Prefix { get; init; }

    public required string Function { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    private string Organization => Text(Profile["client"]?["organization"]);

    /// <summary>Reads the command line, and the two files that it names.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public static LoadArguments Parse(string[] args) =>
        args is [var profile, var identity, var channel, var chaincode, var verb, var concurrent, var warmUp, var count, var prefix, var function, .. var arguments]
            ? new LoadArguments
            {
                Profile = Read(profile),
                Identity = Read(identity),
                Channel = channel,
                Chaincode = chaincode,
                IsSubmit = verb == "submit",
                Concurrent = Number(concurrent),
                WarmUp = Number(warmUp),
                Count = Number(count),
                Prefix = prefix,
                Function = function,
                Arguments = arguments,
            }
            : throw new ArgumentException("PROFILE IDENTITY CHANNEL CHAINCODE submit|evaluate CONCURRENT WARMUP COUNT PREFIX FUNCTION [ARGUMENT …]", nameof(args));

    public ISigner ReadSigner() => Signers.FromPem(MspId.Parse(Organization), OnlyFileIn("signcerts"), OnlyFileIn("keystore"));

    /// <summary>A client of the first peer of the profile's own organization, as the other program has.</summary>
    public GatewayClient Connect(ISigner signer)
    {
        var peer = Profile["peers"]?[Text(Profile["organizations"]?[Organization]?["peers"]?[0])];
        var url = new Uri(Text(peer?["url"]));
        var host = Text(peer?["grpcOptions"]?["ssl-target-name-override"]);
        return GatewayClient.Connect(new GatewayOptions { Signer = signer, Peers = [new GatewayPeer(host, url.Port, [Text(peer?["tlsCACerts"]?["pem"])]) { Dial = url.Host }] });
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file)) ?? throw new FormatException($"\"{file}\" holds nothing");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(JsonNode? node) => (string?)node ?? throw new FormatException("the profile or the identity lacks something");

    private string OnlyFileIn(string folder) =>
        Text((Identity["msp"] as JsonObject)?.Single(file => file.Key.StartsWith(folder + "/", StringComparison.Ordinal)).Value);
}
