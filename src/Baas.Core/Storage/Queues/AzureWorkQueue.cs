using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Baas.Core.Storage.Azure;

namespace Baas.Core.Storage.Queues;

/// <summary>
/// Keeps messages in two queues of an Azure storage account. Content is Base64, as Azure Functions write and read it; what somebody else has put in as it is
/// is read as it is.
/// </summary>
/// <param name="queue">The queue; its client encodes nothing by itself.</param>
/// <param name="poison">The queue of what was given up.</param>
/// <param name="clock">The time.</param>
public sealed class AzureWorkQueue(QueueClient queue, QueueClient poison, TimeProvider clock) : IWorkQueue, IPoisonQueue
{
    private const int MostAtOnce = 32;

    private static readonly TimeSpan SearchTime = TimeSpan.FromSeconds(30);

    // For good; without it a message is gone after a week.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>Makes both queues when they are absent.</summary>
    /// <exception cref="StorageException">The account does not answer (<c>storage-unavailable</c>) or refuses (<c>storage-refused</c>).</exception>
    public async Task CreateQueuesAsync(CancellationToken cancellationToken)
    {
        await CallAsync("open", () => queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
        await CallAsync("open", () => poison.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public Task SendAsync(string content, CancellationToken cancellationToken) =>
        CallAsync("send a message to", () => queue.SendMessageAsync(Encode(content), timeToLive: Forever, cancellationToken: cancellationToken));

    /// <inheritdoc/>
    public async Task<WorkMessage?> ReceiveAsync(TimeSpan visibility, CancellationToken cancellationToken)
    {
        var message = await CallAsync<QueueMessage?>("receive a message of", async () => (await queue.ReceiveMessageAsync(visibility, cancellationToken)).Value);
        return message is null
            ? null
            : new WorkMessage(message.MessageId, Decode(message.Body), (int)message.DequeueCount, message.InsertedOn ?? clock.GetUtcNow(), message.PopReceipt);
    }

    /// <inheritdoc/>
    public async Task<WorkMessage?> ExtendAsync(WorkMessage message, TimeSpan visibility, CancellationToken cancellationToken)
    {
        var receipt = await HeldAsync(
            "extend a message of", async () => (await queue.UpdateMessageAsync(message.Id, message.Receipt, Encode(message.Content), visibility, cancellationToken)).Value.PopReceipt);
        return receipt is null ? null : message with { Receipt = receipt };
    }

    /// <inheritdoc/>
    public async Task<bool> CompleteAsync(WorkMessage message, CancellationToken cancellationToken) =>
        await HeldAsync("complete a message of", async () =>
        {
            await queue.DeleteMessageAsync(message.Id, message.Receipt, cancellationToken);
            return message.Id;
        }) is not null;

    /// <inheritdoc/>
    public Task PoisonAsync(WorkMessage message, string reason, CancellationToken cancellationToken)
    {
        var record = new PoisonMessage(message.Id, message.Content, reason, message.Deliveries, message.SentAt, clock.GetUtcNow());
        var content = Encode(Encoding.UTF8.GetString(StorageJson.Write(record)));
        return CallAsync("poison a message of", () => poison.SendMessageAsync(content, timeToLive: Forever, cancellationToken: cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PoisonMessage>> PeekPoisonAsync(int count, CancellationToken cancellationToken)
    {
        var messages = await CallAsync(
            "peek at the poison of", async () => (await poison.PeekMessagesAsync(Math.Clamp(count, 1, MostAtOnce), cancellationToken)).Value);
        return [.. messages.Select(message => PoisonOf(message.MessageId, message.Body, message.DequeueCount, message.InsertedOn)).DistinctBy(message => message.Id)];
    }

    /// <inheritdoc/>
    public async Task DeletePoisonAsync(string id, CancellationToken cancellationToken)
    {
        // Only who holds a message may delete it: all are taken, and those that stay are given back.
        List<QueueMessage> others = [];
        while (await CallAsync("search the poison of", async () => (await poison.ReceiveMessagesAsync(MostAtOnce, SearchTime, cancellationToken)).Value) is { Length: > 0 } taken)
        {
            foreach (var message in taken)
            {
                if (PoisonOf(message.MessageId, message.Body, message.DequeueCount, message.InsertedOn).Id == id)
                {
                    await CallAsync("delete a poison message of", () => poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken));
                }
                else
                {
                    others.Add(message);
                }
            }
        }

        foreach (var message in others)
        {
            await HeldAsync("give back a poison message of", async () =>
                (await poison.UpdateMessageAsync(message.MessageId, message.PopReceipt, message.Body, TimeSpan.Zero, cancellationToken)).Value.PopReceipt);
        }
    }

    /// <inheritdoc/>
    public async Task<QueueState> LookAsync(CancellationToken cancellationToken)
    {
        var properties = await CallAsync("look at", async () => (await queue.GetPropertiesAsync(cancellationToken)).Value);
        var oldest = await CallAsync<PeekedMessage?>("look at", async () => (await queue.PeekMessageAsync(cancellationToken)).Value);
        var given = await CallAsync("look at the poison of", async () => (await poison.GetPropertiesAsync(cancellationToken)).Value);
        return new QueueState(properties.ApproximateMessagesCount, oldest?.InsertedOn, given.ApproximateMessagesCount);
    }

    // The host of the function app puts in what it gives up by itself, without a reason.
    private PoisonMessage PoisonOf(string id, BinaryData body, long deliveries, DateTimeOffset? insertedOn)
    {
        var content = Decode(body);
        try
        {
            return StorageJson.Read<PoisonMessage>(id, Encoding.UTF8.GetBytes(content));
        }
        catch (StorageException failure) when (failure.Code == "blob-damaged")
        {
            var sent = insertedOn ?? clock.GetUtcNow();
            return new PoisonMessage(id, content, "the host gave it up after several tries", (int)deliveries, sent, sent);
        }
    }

    private static string Encode(string content) => Convert.ToBase64String(Encoding.UTF8.GetBytes(content));

    private static string Decode(BinaryData body)
    {
        var text = body.ToString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text;
    }

    private async Task<string?> HeldAsync(string verb, Func<Task<string>> call)
    {
        try
        {
            return await CallAsync(verb, call);
        }
        catch (StorageException failure) when (failure.InnerException is RequestFailedException { ErrorCode: "MessageNotFound" or "PopReceiptMismatch" })
        {
            return null;
        }
    }

    private async Task<TResult> CallAsync<TResult>(string verb, Func<Task<TResult>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (AzureFailures.IsOne(failure))
        {
            throw AzureFailures.Of(verb, queue.Name, failure, "queue");
        }
    }
}
