using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Networks.Documents.Shapes;

namespace Baas.Core.Networks.Documents;

/// <summary>Reads a specification from a document that anybody may have written. Never throws for its content.</summary>
public static class SpecReader
{
    /// <summary>Reads one document: its syntax, properties, types, names and ranges. <c>SpecValidator</c> checks what the whole means.</summary>
    /// <param name="text">The document.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="maxBytes">The most bytes that it may have in UTF-8.</param>
    public static SpecReading Read(string text, SpecFormat format, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(text);

        var size = Encoding.UTF8.GetByteCount(text);
        if (size > maxBytes)
        {
            return new(null, [new Violation("$", "document-too-large", $"the document has {size} bytes, {maxBytes} are allowed")]);
        }

        var document = SpecDocument.Parse(text, format);
        return document.IsWellFormed ? Read(document) : new(null, document.Violations);
    }

    private static SpecReading Read(SpecDocument document)
    {
        var scope = new ReadScope(document);
        var tree = SpecShapes.Network.Read(document.Root, "$", scope);
        if (scope.Violations.Count > 0 || tree is not JsonObject network)
        {
            return new(null, scope.Violations);
        }

        DerivedDefaults.Fill(network);

        // The shapes have let nothing pass that the records would refuse, and an object is never read as null.
        return new(network.Deserialize<NetworkSpec>(NetworkJson.Options)!, []);
    }
}
