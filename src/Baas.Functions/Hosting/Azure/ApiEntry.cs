using Microsoft.AspNetCore.Http;

namespace Baas.Functions.Hosting.Azure;

/// <summary>The one pipeline of the API, built once.</summary>
/// <param name="Pipeline">Answers a request.</param>
internal sealed record ApiEntry(RequestDelegate Pipeline);
