using Baas.Core.Workflows.Engine;

namespace Baas.Testing.Engines;

/// <summary>A step that no catalog knows.</summary>
public sealed class Unregistered
{
    public sealed record Input : IStepInput<string>
    {
        public string Subject => "nothing";
    }
}
