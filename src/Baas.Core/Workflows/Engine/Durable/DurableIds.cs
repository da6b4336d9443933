namespace Baas.Core.Workflows.Engine.Durable;

/// <summary>Ids of children hold slashes; the backends of distributed engines allow none.</summary>
internal static class DurableIds
{
    /// <summary>The engine's id of an instance.</summary>
    public static string ToEngine(string id) => id.Replace('/', ':');

    /// <summary>The id of an engine's instance.</summary>
    public static string FromEngine(string id) => id.Replace(':', '/');
}
