namespace Baas.Bench.Gateway;

/// <summary>One kind of calls.</summary>
/// <param name="Name">What the calls do, for people.</param>
/// <param name="Verb">submit or evaluate.</param>
/// <param name="Chaincode">The chaincode.</param>
/// <param name="WarmUp">The calls that are not counted.</param>
/// <param name="Count">The calls that are.</param>
/// <param name="Call">Function and arguments; <c>{n}</c> stands for a key that no other call has.</param>
/// <param name="Goal">How many times as fast as the other client; null where it is only shown.</param>
internal sealed record LoadKind(string Name, string Verb, string Chaincode, int WarmUp, int Count, string[] Call, double? Goal);
