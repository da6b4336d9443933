using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Baas.Core.Workflows.Engine.Catalog;

/// <summary>Registers steps and workflows by their classes.</summary>
internal static class CatalogServices
{
    /// <summary>Registers a step; it is made anew for every call.</summary>
    /// <typeparam name="TStep">A class that implements IStep or IUndoableStep.</typeparam>
    public static IServiceCollection AddStep<TStep>(this IServiceCollection services)
        where TStep : class
    {
        services.TryAddTransient<TStep>();
        return services.AddRegistration<StepRegistration>(typeof(TStep), typeof(IStep<,>), typeof(StepRegistration<,,>));
    }

    /// <summary>Registers a workflow.</summary>
    /// <typeparam name="TWorkflow">A class that implements IWorkflow.</typeparam>
    public static IServiceCollection AddWorkflow<TWorkflow>(this IServiceCollection services)
        where TWorkflow : class, new() =>
        services.AddRegistration<WorkflowRegistration>(typeof(TWorkflow), typeof(IWorkflow<,>), typeof(WorkflowRegistration<,,>));

    [SuppressMessage("Trimming", "IL2070", Justification = "The application is not trimmed.")]
    private static IServiceCollection AddRegistration<TRegistration>(this IServiceCollection services, Type type, Type contract, Type registration)
        where TRegistration : class
    {
        Type[] implemented = [.. type.GetInterfaces().Where(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == contract)];
        if (implemented is not [{ GenericTypeArguments: [var input, var output] }])
        {
            throw new ArgumentException($"{type} has to implement {contract.Name} once", nameof(type));
        }

        if (StepName.Of(input) != type.Name)
        {
            throw new ArgumentException($"{input} has to be nested in {type}, whose name is its name in histories", nameof(type));
        }

        // Its constructor takes no arguments and the constraints are those of the contract.
        var made = (TRegistration)Activator.CreateInstance(registration.MakeGenericType(type, input, output))!;
        services.AddSingleton(made);
        services.TryAddSingleton<WorkflowCatalog>();
        return services;
    }
}
