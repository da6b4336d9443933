namespace Baas.Core.Storage;

/// <summary>The store could not do what it was asked to.</summary>
public class StorageException(string code, string message, Exception? cause = null) : BaasException(code, message, cause);
