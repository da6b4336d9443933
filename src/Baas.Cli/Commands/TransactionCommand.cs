using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Baas.Cli.Output;
using Baas.Cli.Settings;
using Spectre.Console;

namespace Baas.Cli.Commands;

/// <summary><c>baas tx …</c>: evaluates, submits and looks up transactions.</summary>
internal static class TransactionCommand
{
    private static readonly Argument<string> Network = new("network") { Description = "The network's name" };
    private static readonly Argument<string> Channel = new("channel") { Description = "The channel's name" };
    private static readonly Argument<string> Chaincode = new("chaincode") { Description = "The chaincode's name" };
    private static readonly Argument<string> Function = new("function") { Description = "The function's name" };
    private static readonly Argument<string[]> Arguments = new("args") { Description = "The function's arguments", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string?> Organization = new("--org") { Description = "The member organization that asks [default: the channel's first]", HelpName = "NAME" };
    private static readonly Option<string[]> Endorsers = new("--endorsing-org") { Description = "An organization whose peers have to run it; may be repeated [default: found out]", HelpName = "NAME" };
    private static readonly Option<string[]> Transient = new("--transient") { Description = "What endorsers are told but the ledger never sees, as NAME=VALUE or NAME=@FILE; may be repeated", HelpName = "NAME=VALUE" };

    private static readonly Option<string?> Key = new("--idempotency-key") { Description = "The same key is the same transaction, however often it is submitted [default: a new key]", HelpName = "KEY" };

    public static Command Create() => new("tx", "Evaluates and submits transactions, and tells what became of them.")
    {
        Call("evaluate", "Runs a function and prints what it returns; nothing is written.", [], "baas tx evaluate two-orgs main asset Read a1"),
        Call("submit", "Submits a transaction and waits until it is committed.", [Key], "baas tx submit two-orgs main asset Create a1 ann 10"),
        Status(),
    };

    private static Command Call(string verb, string description, Option<string?>[] more, string example)
    {
        var command = new Command(verb, description) { Network, Channel, Chaincode, Function, Arguments, Organization, Endorsers, Transient };
        foreach (var option in more)
        {
            command.Options.Add(option);
        }

        command.WithExamples(example);
        command.SetAction(async (line, cancellationToken) =>
        {
            RefuseOptions(line);
            using var api = ConnectionOptions.Connect(line);
            var path = $"{PathOf(line)}/chaincodes/{Uri.EscapeDataString(line.GetRequiredValue(Chaincode))}/{verb}";
            using var body = JsonContent.Create(await BodyAsync(line, cancellationToken));
            Printer.Of(line).Print(await api.ChangeAsync<JsonObject>(HttpMethod.Post, path, body, more.Select(option => KeyIn(line, option)).FirstOrDefault(), cancellationToken), Show);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Status()
    {
        var id = new Argument<string>("transaction") { Description = "The transaction's id" };
        var command = new Command("status", "Tells what became of a transaction. UNKNOWN means that no peer has it yet.") { Network, Channel, id, Organization };
        command.WithExamples("baas tx status two-orgs main 3f0c…");
        command.SetAction(async (line, cancellationToken) =>
        {
            using var api = ConnectionOptions.Connect(line);
            var asker = line.GetValue(Organization) is { } organization ? $"?organization={Uri.EscapeDataString(organization)}" : "";
            var state = await api.GetAsync<JsonObject>($"{PathOf(line)}/transactions/{Uri.EscapeDataString(line.GetRequiredValue(id))}{asker}", cancellationToken);
            Printer.Of(line).Print(state, (console, shown) => console.WriteLine(shown["blockNumber"] is { } block ? $"{shown["status"]} in block {block}" : $"{shown["status"]}"));
            return ExitCode.Success;
        });
        return command;
    }

    // What looks like an option and is none would be handed to the chaincode, and perhaps into the ledger.
    private static void RefuseOptions(ParseResult line)
    {
        var early = line.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value);
        if ((line.GetValue(Arguments) ?? []).Intersect(early).FirstOrDefault(text => text.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read \"{unknown}\": there is no such option; what the chaincode is to get comes after \"--\"");
        }
    }

    private static string PathOf(ParseResult line) => $"/networks/{Uri.EscapeDataString(line.GetRequiredValue(Network))}/channels/{Uri.EscapeDataString(line.GetRequiredValue(Channel))}";

    private static async Task<JsonObject> BodyAsync(ParseResult line, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["function"] = line.GetRequiredValue(Function), ["args"] = ListOf(line.GetValue(Arguments)) };
        if (line.GetValue(Organization) is { } organization)
        {
            body["organization"] = organization;
        }

        if (line.GetValue(Endorsers) is { Length: > 0 } endorsers)
        {
            body["endorsingOrganizations"] = ListOf(endorsers);
        }

        var transient = new JsonObject();
        foreach (var item in line.GetValue(Transient) ?? [])
        {
            var (name, value) = item.Split('=', 2) is [{ Length: > 0 } before, var after] ? (before, after) : throw new CliException(ExitCode.BadInput, $"cannot read --transient \"{item}\": it has to be NAME=VALUE");
            transient[name] = Convert.ToBase64String(value.StartsWith('@') ? await ReadAsync(value[1..], cancellationToken) : Encoding.UTF8.GetBytes(value));
        }

        if (transient.Count > 0)
        {
            body["transient"] = transient;
        }

        return body;
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(file, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadInput, $"cannot read file \"{file}\" of --transient: {failure.Message}", failure);
        }
    }

    // What no header can carry would look like a service that does not answer.
    private static string? KeyIn(ParseResult line, Option<string?> option) => line.GetValue(option) is { } key && key.Any(letter => letter is <= ' ' or >= '\x7f')
        ? throw new CliException(ExitCode.BadInput, "cannot use --idempotency-key: it takes visible ASCII characters")
        : line.GetValue(option);

    private static JsonArray ListOf(IEnumerable<string>? texts) => [.. (texts ?? []).Select(text => JsonValue.Create(text))];

    // The result alone on stdout, for scripts; the transaction is a remark.
    private static void Show(IAnsiConsole console, JsonObject answer)
    {
        console.WriteLine((string?)answer["result"] ?? (string?)answer["resultBase64"] ?? "");
        if (answer["transactionId"] is { } id)
        {
            Printer.Messages.MarkupLineInterpolated($"[grey]transaction {id} in block {answer["blockNumber"]}[/]");
        }
    }
}
