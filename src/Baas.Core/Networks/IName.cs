namespace Baas.Core.Networks;

/// <summary>A validated name: what reaches a cluster or a ledger is never a bare string inside the system.</summary>
/// <typeparam name="TSelf">The name's own type.</typeparam>
public interface IName<TSelf> : IParsable<TSelf>
    where TSelf : struct, IName<TSelf>
{
    /// <summary>What a name of this kind has to look like.</summary>
    static abstract NameRule Rule { get; }

    /// <summary>The text of the name; empty for the type's default value.</summary>
    string Value { get; }

    /// <summary>Wraps a text that <see cref="Rule"/> has accepted.</summary>
    /// <param name="value">The accepted text.</param>
    static abstract TSelf FromValid(string value);
}
