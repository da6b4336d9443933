namespace Baas.Functions.Tests.Infra;

/// <summary>A test that needs the parsers of <c>tests/infra-tools</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ParserFactAttribute : FactAttribute
{
    public ParserFactAttribute()
    {
        if (!InfraTools.HasParsers)
        {
            Skip = "needs the parsers of infra: run npm ci in tests/infra-tools";
        }
    }
}
