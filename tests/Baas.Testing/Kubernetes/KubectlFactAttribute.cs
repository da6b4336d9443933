namespace Baas.Testing.Kubernetes;

/// <summary>A test that needs kubectl on the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl"))))
        {
            Skip = "needs kubectl on the PATH";
        }
    }
}
