namespace Baas.Core.Tests.Pki;

/// <summary>A test that needs openssl; skipped, with that condition named, where it is not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OpenSslFactAttribute : FactAttribute
{
    public OpenSslFactAttribute()
    {
        if (!OpenSsl.IsThere)
        {
            Skip = "needs the program openssl on the PATH";
        }
    }
}
