using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Baas.Core.Networks.Documents.Shapes;
using YamlDotNet.Core;

namespace Baas.Core.Networks.Documents;

/// <summary>A document as a tree, before anything is known of its meaning.</summary>
public sealed class SpecDocument
{
    /// <summary>How deep objects and lists may stand in each other.</summary>
    public const int MaxDepth = 32;

    private readonly IReadOnlyDictionary<JsonNode, string> _plainTexts;

    private SpecDocument(JsonNode? root, IReadOnlyDictionary<JsonNode, string> plainTexts, IReadOnlyList<Violation> violations)
    {
        Root = root;
        _plainTexts = plainTexts;
        Violations = violations;
    }

    /// <summary>The tree; null for an empty document or one that holds just null.</summary>
    public JsonNode? Root { get; }

    /// <summary>What is wrong with the syntax; duplicate properties are all named.</summary>
    public IReadOnlyList<Violation> Violations { get; }

    /// <summary>Whether the tree holds the whole document.</summary>
    public bool IsWellFormed => Violations.Count == 0;

    /// <summary>Parses a document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="format">How it is written.</param>
    public static SpecDocument Parse(string text, SpecFormat format)
    {
        ArgumentNullException.ThrowIfNull(text);

        var content = text.StartsWith('\uFEFF') ? text[1..] : text;
        var duplicates = new List<Violation>();
        var plainTexts = new Dictionary<JsonNode, string>(ReferenceEqualityComparer.Instance);
        try
        {
            var root = format == SpecFormat.Json ? JsonTree.Of(content, duplicates) : new YamlTree(content, duplicates, plainTexts).Read();
            return new(root, plainTexts, [.. duplicates.Take(ReadScope.MaxViolations)]);
        }
        catch (JsonException failure)
        {
            return Malformed(failure.LineNumber + 1, failure.BytePositionInLine + 1, failure.Message);
        }
        catch (YamlException failure)
        {
            return Malformed(failure.Start.Line, failure.Start.Column, failure.Message);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or FormatException or OverflowException && format == SpecFormat.Yaml)
        {
            // YamlDotNet lets failures of its own inside escape for some texts that are no YAML, such as "!<>"; their messages tell nothing.
            return Malformed(null, null, "this is no YAML that can be read; are there tags, control characters or tabs in it?");
        }
    }

    /// <summary>What stood in the document where YAML sees a number or a boolean: <c>1.0</c> is a version where a text is wanted.</summary>
    internal bool TryGetPlainText(JsonNode node, [NotNullWhen(true)] out string? text) => _plainTexts.TryGetValue(node, out text);

    private static SpecDocument Malformed(long? line, long? column, string message)
    {
        // The parsers add the position to some of their messages in their own way; it stands in front already.
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var cause = (end < 0 ? message : message[..end]).ReplaceLineEndings(" ");
        return new(null, new Dictionary<JsonNode, string>(), [new Violation("$", "malformed-document", $"line {line ?? 1}, column {column ?? 1}: {cause}")]);
    }
}
