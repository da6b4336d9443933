namespace Baas.Core.Networks.Validation;

/// <summary>Collects violations and warnings.</summary>
internal sealed class Findings
{
    private readonly List<Violation> _violations = [];
    private readonly List<Violation> _warnings = [];

    /// <summary>What was noted so far.</summary>
    public SpecReport Report => new([.. _violations], [.. _warnings]);

    /// <summary>Notes a violation.</summary>
    public void Add(string path, string code, string message) => _violations.Add(new(path, code, message));

    /// <summary>Notes a violation unless <paramref name="holds"/>.</summary>
    public void Require(bool holds, string path, string code, string message)
    {
        if (!holds)
        {
            Add(path, code, message);
        }
    }

    /// <summary>Notes a warning when <paramref name="applies"/>.</summary>
    public void Warn(bool applies, string path, string code, string message)
    {
        if (applies)
        {
            _warnings.Add(new(path, code, message));
        }
    }

    /// <summary>Notes every item whose key an earlier item has.</summary>
    public void RequireUnique<T>(IReadOnlyList<T> items, Func<T, string> keyOf, Func<int, string> pathOf, string code, string kind)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < items.Count; index++)
        {
            var key = keyOf(items[index]);
            Require(seen.Add(key), pathOf(index), code, $"{kind} \"{key}\" stands more than once");
        }
    }
}
