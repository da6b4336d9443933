namespace Baas.Core.Networks;

/// <summary>How many consenters of BFT it takes for what.</summary>
internal static class BftSizes
{
    /// <summary>How many of them may lie or be away.</summary>
    public static int Faulty(int size) => (size - 1) / 3;

    /// <summary>How many decide: any two such groups have an honest one in common, ceil((n + f + 1) / 2).</summary>
    public static int Quorum(int size) => (size + Faulty(size) + 2) / 2;
}
