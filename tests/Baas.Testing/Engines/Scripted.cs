using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>A workflow whose code is given by a test. Engines make workflows themselves, so the code stands in a table, by name.</summary>
public sealed class Scripted : IWorkflow<Scripted.Input, string>
{
    private static readonly ConcurrentDictionary<string, Func<IWorkflowContext, Task<string>>> Scripts = new(StringComparer.Ordinal);

    /// <summary>Sets the code of a name; setting it again is a new version of the code.</summary>
    public static Input Define(string name, Func<IWorkflowContext, Task<string>> code)
    {
        Scripts[name] = code;
        return new Input(name);
    }

    public Task<string> RunAsync(IWorkflowContext context, Input input) => Scripts[input.Script](context);

    /// <summary>What the workflow needs.</summary>
    /// <param name="Script">The name of the code.</param>
    /// <param name="Ballast">Makes the input large.</param>
    public sealed record Input(string Script, string? Ballast = null) : IWorkflowInput<string>
    {
        public string Subject => Script;
    }
}
