using Baas.Core.Workflows.Engine.Journal.Recording;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>The errors of a workflow whose code is not the one that began it.</summary>
internal static class Mismatches
{
    private const string Advice = "the code of this workflow has changed since it began; nothing was touched";

    /// <summary>The code makes another call than the recorded one, or one more.</summary>
    public static JournalException Different(InstanceRow instance, CallRow? recorded, CallRow made) => Mismatch(
        instance, $"call {made.Position} is {Describe(made)}, and its history has {(recorded is null ? "no call there" : Describe(recorded))}");

    /// <summary>The code does not make a recorded call.</summary>
    public static JournalException Missing(InstanceRow instance, CallRow recorded) =>
        Mismatch(instance, $"call {recorded.Position} was {Describe(recorded)} and is not made any more");

    private static string Describe(CallRow call) => $"{call.Kind.ToString().ToLowerInvariant()} \"{call.Name}\" ({call.Subject}, input {call.InputHash})";

    private static JournalException Mismatch(InstanceRow instance, string what) =>
        new(JournalException.HistoryMismatch, $"cannot resume workflow \"{instance.Id}\": {what}: {Advice}");
}
