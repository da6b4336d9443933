using System.Text.RegularExpressions;
using Baas.Testing;

namespace Baas.Core.Tests.Architecture;

/// <summary>One file of the repository's C# sources.</summary>
/// <param name="Path">Its path from the root, with forward slashes.</param>
/// <param name="Text">Its text.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    /// <summary>The sources of the product.</summary>
    public static IReadOnlyList<SourceFile> Product { get; } = Read("src");

    /// <summary>The sources of the tests and benchmarks.</summary>
    public static IReadOnlyList<SourceFile> Tests { get; } = [.. Read("tests"), .. Read("benchmarks")];

    /// <summary>The namespace; empty for a program's top-level statements.</summary>
    public string Namespace { get; } = NamespaceLine().Match(Text).Groups[1].Value;

    /// <summary>Every namespace of ours that it names, in a using or in full, with a type's name at the end where one stands there.</summary>
    public IReadOnlyList<string> Mentions { get; } = [.. OwnNames().Matches(NamespaceLine().Replace(Text, "")).Select(match => match.Value)];

    /// <summary>The lines, numbered from 1.</summary>
    public IEnumerable<(int Number, string Line)> Lines => Text.Split('\n').Select((line, index) => (index + 1, line));

    /// <summary>Fails with all findings, one a line.</summary>
    public static void AssertNone(IEnumerable<string?> findings)
    {
        string?[] all = [.. findings];
        Assert.True(all.Length == 0, string.Join('\n', all));
    }

    private static IReadOnlyList<SourceFile> Read(string folder) =>
    [
        .. Directory.EnumerateFiles(Repository.In(folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Repository.In(path)))),
    ];

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"\bBaas\.(?:Core|Functions|Sandbox|Cli)\b(?:\.[A-Z]\w+)*")]
    private static partial Regex OwnNames();
}
