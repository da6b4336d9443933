namespace Baas.Core.Archives.Agents;

/// <summary>What an agent does with a volume.</summary>
public enum AgentVerb
{
    /// <summary>Packs it and sends it off.</summary>
    Pack,

    /// <summary>Fetches an archive and puts it together beside what is there.</summary>
    Unpack,

    /// <summary>Puts what was put together in the place of what is there.</summary>
    Swap,

    /// <summary>Removes what was put together.</summary>
    Discard,
}
