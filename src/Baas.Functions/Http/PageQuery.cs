using Baas.Core.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Baas.Functions.Http;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Limit">At most how many items, 1 to 200. The default is 50.</param>
/// <param name="Continuation">The token that the page before gave.</param>
internal sealed record PageQuery([FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "continuation")] string? Continuation)
{
    /// <summary>The checked form.</summary>
    /// <exception cref="HttpProblemException"><c>limit-invalid</c>.</exception>
    public PageRequest Checked() => Limit is null or (>= 1 and <= PageRequest.MaxSize)
        ? new PageRequest(Limit ?? 50, Continuation)
        : throw new HttpProblemException(StatusCodes.Status400BadRequest, "limit-invalid", $"cannot list {Limit} items at once: 1 to {PageRequest.MaxSize} are possible");
}
