namespace Baas.EndToEnd.Tests.Up;

/// <summary>A test that looks at a process in Linux' <c>/proc</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "needs Linux' /proc";
}
