namespace Baas.Testing.Kubernetes;

/// <summary>A test that needs kubectl on the machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KubectlFactAttribute : FactAttribute
{
    public KubectlFactAttribute()
    {
        if (Programs.ProgramFinder.Find("kubectl") is null)
        {
            Skip = "needs kubectl on the PATH";
        }
    }
}
