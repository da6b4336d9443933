using System.Security.Cryptography;
using Baas.Core.Storage.Files;
using Baas.Core.Workflows.Engine.Journal.Recording;
using Baas.EndToEnd.Tests.Fixture;
using Baas.Sandbox.Cluster.Store;
using Baas.Testing;

namespace Baas.EndToEnd.Tests.Kills;

/// <summary>Looks into what <c>baas up</c> has left in its folder, while it does not run.</summary>
internal static class UpFolder
{
    public const string Network = "small";

    private const string Tenant = "default";

    public static string DataOf(string folder) => Path.Combine(folder, "data");

    /// <summary>What must never change once it is there: stored keys, genesis blocks and packages, and recorded results.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> SettledAsync(string folder)
    {
        // On a copy: a look must not mend anything for the next run.
        using var copy = new TestFolder();
        foreach (var part in (string[])["store", "journal.db", "journal.db-wal", "version", "master.key"])
        {
            Copy(Path.Combine(DataOf(folder), part), copy.In(part));
        }

        var settled = new Dictionary<string, string>(StringComparer.Ordinal);
        var operations = await AddBlobsAsync(copy.Path, settled);
        if (operations.Count > 0)
        {
            AddResults(copy.In("journal.db"), operations, settled);
        }

        return settled;
    }

    /// <summary>The cluster's objects by kind.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> ObjectsAsync(string folder)
    {
        await using var store = ObjectStore.Open(new StoreOptions { Folder = Path.Combine(DataOf(folder), "sandbox", "objects") });
        return Remains.ObjectsOf(store.State, Tenant, Network);
    }

    /// <summary>The hashes of the genesis blocks of all nodes.</summary>
    public static IReadOnlyList<string> GenesisBlocks(string folder) => [.. Ledgers.GenesisBlocks(Path.Combine(DataOf(folder), "sandbox", "volumes"))];

    /// <returns>The ids of the operations.</returns>
    private static async Task<IReadOnlyList<string>> AddBlobsAsync(string data, Dictionary<string, string> settled)
    {
        using var opened = DataFolder.Open(data);
        var blobs = opened.OpenBlobs();
        foreach (var prefix in (string[])["secrets/", "artifacts/"])
        {
            await foreach (var name in blobs.ListAsync(prefix, null, CancellationToken.None))
            {
                var blob = await blobs.GetAsync(name, CancellationToken.None) ?? throw new InvalidOperationException($"no {name}");
                settled[name] = Convert.ToHexStringLower(SHA256.HashData(blob.Content.Span));
            }
        }

        return [.. await blobs.ListAsync("records/operations/", null, CancellationToken.None).Select(name => Path.GetFileNameWithoutExtension(name)).ToListAsync()];
    }

    private static void AddResults(string journal, IReadOnlyList<string> operations, Dictionary<string, string> settled)
    {
        using var file = JournalFile.Open(journal);
        var reader = new JournalReader(file);
        foreach (var root in operations)
        {
            foreach (var history in reader.Load(root))
            {
                foreach (var call in history.Calls.Where(call => call.IsEnded))
                {
                    settled[$"{history.Row.Id}#{call.Position}"] = call.ToString();
                }
            }
        }
    }

    private static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to);
        }
        else if (Directory.Exists(from))
        {
            Directory.CreateDirectory(to);
            foreach (var entry in Directory.EnumerateFileSystemEntries(from))
            {
                Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
            }
        }
    }
}
