using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Baas.Core.Workflows.Engine.Catalog;

namespace Baas.Core.Workflows.Engine.Journal.Running;

/// <summary>What a workflow sees of its instance.</summary>
internal sealed class InstanceContext(Instance instance) : IWorkflowContext
{
    private const int HashLength = 12;

    /// <inheritdoc/>
    public string InstanceId => instance.Row.Id;

    /// <inheritdoc/>
    public DateTimeOffset UtcNow => instance.Now;

    /// <inheritdoc/>
    public async Task<TOutput> ApplyAsync<TOutput>(IStepInput<TOutput> input)
    {
        var name = StepName.Of(input);
        Check(name, input.Subject);
        var (json, refusal) = Write(input, $"input of step \"{name}\"");
        var output = await instance.Make(new Call(instance, instance.NextCall(CallKind.Step, name, input.Subject, Hash(json)), json) { Refusal = refusal });
        return DurableJson.Read<TOutput>(output, $"output of step \"{name}\"");
    }

    /// <inheritdoc/>
    public Task UndoAsync(IStepInput input)
    {
        CheckCaller();
        var name = StepName.Of(input);
        var (json, refusal) = Write(input, $"input of step \"{name}\"");
        return instance.Make(new Call(instance, instance.NextCall(CallKind.Undo, name, input.Subject, Hash(json)), json) { Refusal = refusal });
    }

    /// <inheritdoc/>
    public async Task<TResult> RunAsync<TResult>(IWorkflowInput<TResult> input, bool compensating = false)
    {
        var name = StepName.Of(input);
        if (compensating)
        {
            CheckCaller();
        }
        else
        {
            Check(name, input.Subject);
        }

        var (json, refusal) = Write(input, $"input of workflow \"{name}\"");
        Call call = new(instance, instance.NextCall(CallKind.Workflow, name, input.Subject, Hash(json)), json) { Refusal = refusal, IsCompensating = compensating };
        return DurableJson.Read<TResult>(await instance.Make(call), $"result of workflow \"{name}\"");
    }

    /// <inheritdoc/>
    public async Task DelayAsync(TimeSpan delay)
    {
        var length = delay.ToString("c", CultureInfo.InvariantCulture);
        Check("Delay", length);
        await instance.Make(new Call(instance, instance.NextCall(CallKind.Delay, "Delay", length, Hash(length)), null) { Due = instance.Now + delay });
    }

    /// <inheritdoc/>
    public async Task<TEvent?> WaitForEventAsync<TEvent>(string name, TimeSpan timeout)
        where TEvent : class
    {
        var length = timeout.ToString("c", CultureInfo.InvariantCulture);
        Check(name, length);
        var payload = await instance.Make(new Call(instance, instance.NextCall(CallKind.Event, name, length, Hash(length)), null) { Due = instance.Now + timeout });
        return DurableJson.Read<TEvent?>(payload, $"event \"{name}\"");
    }

    /// <inheritdoc/>
    public void Report(string message)
    {
        CheckCaller();
        instance.Report(message);
    }

    private static (string? Json, StepFault? Refusal) Write(object input, string what)
    {
        try
        {
            return (DurableJson.Write(input, what), null);
        }
        catch (CatalogException tooLarge)
        {
            return (null, StepFault.Of(tooLarge)); // handed out like any failure of the call, so that a saga undoes
        }
    }

    private static string Hash(string? json) => json is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)).AsSpan(0, HashLength));

    private void Check(string name, string subject)
    {
        CheckCaller();
        if (instance.IsCanceled && !instance.Row.IsCompensating)
        {
            throw new StepFailedException(name, subject, StepFailedException.Canceled, $"cannot begin \"{name}\": the workflow was cancelled");
        }

        if (instance.IsFull)
        {
            throw new StepFailedException(name, subject, JournalException.HistoryTooLong, $"cannot begin \"{name}\": the workflow has made {instance.Tree.Shared.Options.MaxCalls} calls");
        }
    }

    private void CheckCaller()
    {
        if (!instance.Tree.IsInTurn)
        {
            throw new InvalidOperationException("a workflow awaited something other than its context, so that it could not be run again with the same outcome");
        }
    }
}
