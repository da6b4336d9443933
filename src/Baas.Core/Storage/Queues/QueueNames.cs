namespace Baas.Core.Storage.Queues;

/// <summary>The names of queues; Azure's rules hold for files, too.</summary>
internal static class QueueNames
{
    /// <summary>The one queue of work.</summary>
    public const string Work = "baas-work";

    /// <summary>The poison queue of a queue, named as Azure Functions name it.</summary>
    public static string PoisonOf(string queue) => $"{queue}-poison";
}
