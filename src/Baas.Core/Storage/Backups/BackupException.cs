namespace Baas.Core.Storage.Backups;

/// <summary>A backup cannot be taken, read or restored.</summary>
/// <param name="code">Stable, <c>backup-…</c> or <c>restore-…</c>; docs/errors.md has them all.</param>
/// <param name="message">One line for a person.</param>
/// <param name="cause">What lies behind it.</param>
public sealed class BackupException(string code, string message, Exception? cause = null) : BaasException(code, message, cause);
