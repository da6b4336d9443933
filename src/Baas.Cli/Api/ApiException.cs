namespace Baas.Cli.Api;

/// <summary>The API has refused.</summary>
internal sealed class ApiException(ApiProblem problem) : Exception(problem.Detail)
{
    /// <summary>Why.</summary>
    public ApiProblem Problem { get; } = problem;
}
