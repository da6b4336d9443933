using Baas.Core.Networks;

namespace Baas.Core.Operations.Backups;

/// <summary>What the check of a backup needs.</summary>
/// <param name="Backup">The backup.</param>
internal sealed record VerifyArguments(BackupId Backup);
