namespace Baas.Sandbox.Pods;

/// <summary>A volume as the container sees it and where it lies on this machine.</summary>
/// <param name="ContainerPath">The path inside the container; a file when the pod mounts a single key (subPath).</param>
/// <param name="HostPath">The folder or file on this machine.</param>
/// <param name="IsReadOnly">Whether the program may write there.</param>
internal sealed record ContainerMount(string ContainerPath, string HostPath, bool IsReadOnly);
