using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Operations;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Baas.Functions.Http;

/// <summary>Reads bodies, bounded, and judges their media types.</summary>
internal static class Bodies
{
    /// <summary>The most bytes of a body that is no specification: certificates with their chains are the largest.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most bytes of a call of a chaincode.</summary>
    public const int MaxInvocationBytes = 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a specification's text and how it is written.</summary>
    /// <exception cref="HttpProblemException"><c>media-type-unsupported</c>, <c>body-too-large</c>, <c>body-not-utf8</c>, <c>body-missing</c>.</exception>
    public static async Task<(string Text, SpecFormat Format)> ReadSpecificationAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        var format = FormatOf(request.ContentType);
        var text = await ReadTextAsync(request, maxBytes, cancellationToken);
        return (text, format);
    }

    /// <summary>Reads a JSON body. Unknown properties, wrong types and names are refused with their paths.</summary>
    /// <exception cref="HttpProblemException">As for specifications.</exception>
    /// <exception cref="RefusedException"><c>body-malformed</c>.</exception>
    public static Task<T> ReadJsonAsync<T>(HttpRequest request, CancellationToken cancellationToken) => ReadJsonAsync<T>(request, MaxBytes, cancellationToken);

    /// <summary>Reads a JSON body of a given length at most.</summary>
    /// <inheritdoc cref="ReadJsonAsync{T}(HttpRequest, CancellationToken)"/>
    public static async Task<T> ReadJsonAsync<T>(HttpRequest request, int maxBytes, CancellationToken cancellationToken) =>
        (await ReadJsonWithTextAsync<T>(request, maxBytes, cancellationToken)).Body;

    /// <summary>Reads a JSON body of a given length at most, and gives its text, too.</summary>
    /// <inheritdoc cref="ReadJsonAsync{T}(HttpRequest, CancellationToken)"/>
    public static async Task<(T Body, string Text)> ReadJsonWithTextAsync<T>(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (FormatOf(request.ContentType) != SpecFormat.Json)
        {
            throw Unsupported(request.ContentType, "application/json");
        }

        var text = await ReadTextAsync(request, maxBytes, cancellationToken);
        try
        {
            return (JsonSerializer.Deserialize<T>(text, ApiJson.Requests) ?? throw new JsonException("the body is null"), text);
        }
        catch (JsonException failure)
        {
            var message = failure.InnerException is FormatException inner ? inner.Message : failure.Message;
            var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
            var violation = new Violation(failure.Path ?? "$", "malformed-document", end < 0 ? message : message[..end]);
            throw new RefusedException(RefusalKind.Invalid, "body-malformed", $"cannot read the body: {violation.Path}: {violation.Message}") { Violations = [violation] };
        }
    }

    /// <summary>SHA-256 over method, path, query and body: equal for a repetition of a request, different for another one.</summary>
    public static string HashOf(HttpRequest request, string body)
    {
        var text = $"{request.Method} {request.Path}{request.QueryString}\n{body}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static SpecFormat FormatOf(string? contentType)
    {
        var type = MediaTypeHeaderValue.TryParse(contentType, out var parsed) ? parsed.MediaType.Value?.ToLowerInvariant() : null;
        return type switch
        {
            "application/json" => SpecFormat.Json,
            "application/yaml" or "application/x-yaml" or "text/yaml" => SpecFormat.Yaml,
            _ => throw Unsupported(contentType, "application/json or application/yaml"),
        };
    }

    private static HttpProblemException Unsupported(string? contentType, string wanted) =>
        new(StatusCodes.Status415UnsupportedMediaType, "media-type-unsupported", $"cannot read the body: its media type is \"{contentType}\", this address takes {wanted}");

    private static async Task<string> ReadTextAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength > maxBytes)
        {
            throw TooLarge(maxBytes);
        }

        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(4096), cancellationToken);
            if (read == 0)
            {
                break;
            }

            buffer.Advance(read);
            if (buffer.WrittenCount > maxBytes)
            {
                throw TooLarge(maxBytes);
            }
        }

        return buffer.WrittenCount == 0
            ? throw new HttpProblemException(StatusCodes.Status400BadRequest, "body-missing", "cannot read the body: there is none")
            : Decode(buffer.WrittenSpan);
    }

    private static string Decode(ReadOnlySpan<byte> content)
    {
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException failure)
        {
            throw new HttpProblemException(StatusCodes.Status400BadRequest, "body-not-utf8", $"cannot read the body: byte {failure.Index} is not UTF-8", failure);
        }
    }

    private static HttpProblemException TooLarge(int maxBytes) =>
        new(StatusCodes.Status413PayloadTooLarge, "body-too-large", $"cannot read the body: it has more than {maxBytes} bytes");
}
