using System.Collections.Concurrent;
using Baas.Core.Workflows.Engine.Catalog;
using Microsoft.Extensions.DependencyInjection;

namespace Baas.EndToEnd.Tests.Faults;

/// <summary>Makes chosen steps of chosen networks fail, and knows how often each was run.</summary>
internal sealed class StepFaults
{
    private readonly ConcurrentDictionary<StepCall, (FaultMoment Moment, int Times)> _faults = new();
    private readonly ConcurrentDictionary<string, bool> _shaky = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<StepCall, int> _runs = new();

    /// <summary>Puts itself between the engine and all steps.</summary>
    public void AddTo(IServiceCollection services)
    {
        foreach (var step in services.Where(service => service.ServiceType == typeof(StepRegistration)).ToList())
        {
            services.Remove(step);
            services.AddSingleton<StepRegistration>(new FaultyStep((StepRegistration)step.ImplementationInstance!, this)); // registered as instances
        }
    }

    /// <summary>Lets a step fail for good, so many times.</summary>
    public void Fail(StepCall call, FaultMoment moment, int times = 1) => _faults[call] = (moment, times);

    /// <summary>Lets the first attempt of every step of a network fail, as a fault that passes.</summary>
    public void FailFirstAttempts(string network) => _shaky[network] = true;

    /// <summary>How often the steps of a network were run.</summary>
    public IReadOnlyDictionary<StepCall, int> RunsOf(string network) => _runs.Where(run => run.Key.Network == network).ToDictionary();

    /// <summary>Runs a step, or fails as it was told to.</summary>
    public async Task<T> RunAsync<T>(StepCall call, Func<Task<T>> run)
    {
        var number = _runs.AddOrUpdate(call, 1, (_, count) => count + 1);
        if (number == 1 && _shaky.ContainsKey(call.Network))
        {
            throw new InjectedException(call) { IsTransient = true };
        }

        var moment = Take(call);
        if (moment == FaultMoment.Before)
        {
            throw new InjectedException(call);
        }

        var result = await run();
        return moment == FaultMoment.After ? throw new InjectedException(call) : result;
    }

    private FaultMoment? Take(StepCall call)
    {
        while (_faults.TryGetValue(call, out var fault) && fault.Times > 0)
        {
            if (_faults.TryUpdate(call, (fault.Moment, fault.Times - 1), fault))
            {
                return fault.Moment;
            }
        }

        return null;
    }
}
