namespace Baas.Cli.Api;

/// <summary>How far a node's ledger was when it was packed.</summary>
internal sealed record BackupLedger(string Channel, long Height, string Hash);
