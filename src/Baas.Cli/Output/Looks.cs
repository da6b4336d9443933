using Baas.Cli.Api;

namespace Baas.Cli.Output;

/// <summary>What is waited for is looked at again and again: people see one line for it.</summary>
internal static class Looks
{
    /// <summary>The steps of a group without its delays; all looks at the same thing are one step, the last of them, as old as the first.</summary>
    public static IReadOnlyList<Step> Fold(IReadOnlyList<Step> steps)
    {
        List<Step> folded = [];
        Dictionary<(string Name, string Subject), int> waiting = [];
        foreach (var step in steps.Where(step => step.Kind != "delay"))
        {
            var thing = (step.Name, step.Subject);
            if (waiting.TryGetValue(thing, out var index))
            {
                var former = folded[index];
                folded[index] = step with { StartedAt = former.StartedAt, Unmet = step.IsRunning ? former.Unmet : step.Unmet };
            }
            else
            {
                index = folded.Count;
                folded.Add(step);
            }

            if (folded[index].IsWaiting)
            {
                waiting[thing] = index;
            }
            else
            {
                waiting.Remove(thing);
            }
        }

        return folded;
    }
}
