using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Baas.Sandbox.Emulation.Orderers;

/// <summary>Reads the one file of a form.</summary>
internal static class MultipartFile
{
    /// <summary>Reads the file with the given name as a message.</summary>
    /// <exception cref="EmulationException">The request holds something else.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext http, string key, MessageParser<T> parser, long largest)
        where T : IMessage<T>
    {
        var type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var parsed) ? parsed : null;
        if (type is null || !type.MediaType.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            throw new EmulationException($"unsupported Content-Type: [{http.Request.ContentType}]");
        }

        var parts = await PartsAsync(http, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), largest);
        if (!parts.TryGetValue(key, out var bytes))
        {
            throw new EmulationException($"form does not contains part key: {key}");
        }

        if (parts.Count != 1)
        {
            throw new EmulationException("form contains too many parts");
        }

        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new EmulationException($"cannot unmarshal file part {key}: {failure.Message}", failure);
        }
    }

    private static async Task<Dictionary<string, byte[]>> PartsAsync(HttpContext http, string boundary, long largest)
    {
        var parts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            var reader = new MultipartReader(boundary, http.Request.Body) { BodyLengthLimit = largest };
            while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
            {
                var name = section.GetContentDispositionHeader()?.Name;
                using var body = new MemoryStream();
                await section.Body.CopyToAsync(body, http.RequestAborted);
                parts[HeaderUtilities.RemoveQuotes(name ?? default).ToString()] = body.ToArray();
            }
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or ArgumentException)
        {
            throw new EmulationException($"cannot read form from request body: {failure.Message}", failure);
        }

        return parts;
    }
}
