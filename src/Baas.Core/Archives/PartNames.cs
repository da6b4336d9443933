namespace Baas.Core.Archives;

/// <summary>The names of parts below the folder of a volume's archives.</summary>
public static class PartNames
{
    /// <summary>The folder of parts that are named by their content.</summary>
    public const string Chunks = "chunks/";

    /// <summary>The list of the chunks that are there, which tells the agent what it need not send.</summary>
    public const string Known = "known";

    /// <summary>What the agent writes when it has packed a volume.</summary>
    /// <param name="backup">The backup's id.</param>
    public static string Result(string backup) => $"results/{backup}";

    /// <summary>A part that is named by its content.</summary>
    public static string Chunk(string name) => Chunks + name;
}
