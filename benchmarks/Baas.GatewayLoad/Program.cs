using System.Text.Json;
using Baas.GatewayLoad;

// Loads a network through the gateway client, as benchmarks/gateway-load/load.js does through Fabric's own:
//   dotnet Baas.GatewayLoad.dll PROFILE IDENTITY CHANNEL CHAINCODE submit|evaluate CONCURRENT WARMUP COUNT PREFIX FUNCTION [ARGUMENT …]
// PROFILE and IDENTITY are files with what the API exports. "{n}" in an argument is replaced by PREFIX and a running number. Prints one line of JSON.
var load = LoadArguments.Parse(args);
using var signer = load.ReadSigner();
using var client = load.Connect(signer);
var result = await new LoadRun(load, client.Channel(load.Channel).Chaincode(load.Chaincode)).MeasureAsync();
Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
