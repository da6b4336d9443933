using System.Text.Json;
using Baas.Core.Steps;
using Baas.Core.Workflows;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.Testing.Engines;

/// <summary>Baas's own workflows over steps that do nothing but ask the probe and give canned answers, so that they can run on any engine.</summary>
internal static class FakeSteps
{
    /// <summary>Adds them; a <see cref="Probe"/> has to be registered, too. It knows a step as <c>Step subject</c>.</summary>
    public static IServiceCollection AddWorkflowsOverFakeSteps(this IServiceCollection services)
    {
        foreach (var real in new ServiceCollection().AddSteps().Select(added => added.ServiceType == typeof(StepRegistration) ? added.ImplementationInstance : null).OfType<StepRegistration>())
        {
            services.AddSingleton<StepRegistration>(new Fake(real));
        }

        return services.AddWorkflows();
    }

    private sealed class Fake(StepRegistration real) : StepRegistration(real.Type)
    {
        private readonly Type _input = real.Type.GetNestedType("Input") ?? throw new InvalidOperationException($"{real.Name} has no input");

        public override StepOptions Options => real.Options;

        public override StepOptions UndoOptions => real.UndoOptions;

        public override bool IsUndoable => real.IsUndoable;

        public override async Task<string> ApplyAsync(IServiceProvider services, string input, CancellationToken cancellationToken)
        {
            var read = Read(input);
            await services.GetRequiredService<Probe>().RunAsync($"{Name} {read.Subject}", cancellationToken);
            return DurableJson.Write(FakeAnswers.Of(read), "an answer");
        }

        public override Task UndoAsync(IServiceProvider services, string input, CancellationToken cancellationToken) =>
            IsUndoable ? services.GetRequiredService<Probe>().RunAsync($"-{Name} {Read(input).Subject}", cancellationToken) : Task.CompletedTask;

        private IStepInput Read(string json) => (IStepInput)(JsonSerializer.Deserialize(json, _input, DurableJson.Options) ?? throw new JsonException("null"));
    }
}
