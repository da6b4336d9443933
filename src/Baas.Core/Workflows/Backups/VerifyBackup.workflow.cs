using Baas.Core.Networks;
using Baas.Core.Steps.Backups;
using Baas.Core.Workflows.Engine;

namespace Baas.Core.Workflows.Backups;

/// <summary>Reads a backup back, archive by archive, and writes down what is missing or damaged.</summary>
public sealed class VerifyBackup : IWorkflow<VerifyBackup.Input, Nothing>
{
    /// <inheritdoc/>
    public async Task<Nothing> RunAsync(IWorkflowContext context, Input input)
    {
        var (network, operation, backup) = input;
        try
        {
            await VerifyAsync(context, network, backup);
        }
        catch (StepFailedException cause)
        {
            var failure = new WorkflowFailedException(cause, []);
            await context.RunAsync(new EndOperation.Input(network, operation, NetworkState.Ready, WorkflowFailure.Of(failure)), compensating: true);
            throw failure;
        }

        // It has not taken the network, so this changes nothing but the operation's record.
        return await context.RunAsync(new EndOperation.Input(network, operation, NetworkState.Ready, null), compensating: true);
    }

    private static async Task<Nothing> VerifyAsync(IWorkflowContext context, NetworkReference network, BackupId backup)
    {
        var list = await context.ApplyAsync(new ListArchives.Input(network, backup));
        List<string> faults = [.. list.Faults];
        List<string> healed = [.. list.Healed];
        foreach (var (place, volume) in list.Archives.Index())
        {
            var seen = await context.ApplyAsync(new VerifyVolume.Input(network, backup, place, volume));
            faults.AddRange(seen.Faults);
            healed.AddRange(seen.Healed);
        }

        return await context.ApplyAsync(new RecordVerification.Input(network, backup, faults) { Healed = healed });
    }

    /// <summary>What the workflow needs.</summary>
    /// <param name="Network">The network; it need not be there any more.</param>
    /// <param name="Operation">The operation, whose record the workflow ends.</param>
    /// <param name="Backup">The backup.</param>
    public sealed record Input(NetworkReference Network, OperationId Operation, BackupId Backup) : IWorkflowInput<Nothing>
    {
        /// <inheritdoc/>
        public string Subject => Backup.Value;
    }
}
