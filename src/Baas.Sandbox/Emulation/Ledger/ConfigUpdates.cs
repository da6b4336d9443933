using Baas.Core.Fabric.Protos.Common;
using Baas.Sandbox.Emulation.Trust;
using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>Judges updates of a channel's configuration and computes what they make.</summary>
internal static class ConfigUpdates
{
    /// <summary>Checks the update in an envelope and applies it.</summary>
    /// <returns>The configuration that the update makes, with the update in it.</returns>
    /// <exception cref="EmulationException">The update is malformed, stale, unauthorised or without effect.</exception>
    public static ConfigEnvelope Propose(ChannelConfig current, Envelope envelope)
    {
        var wrapped = Read(Blocks.Open(envelope).Payload.Data, ConfigUpdateEnvelope.Parser);
        var update = Read(wrapped.ConfigUpdate, ConfigUpdate.Parser);
        if (update.ChannelId != current.Channel)
        {
            throw new EmulationException($"error authorizing update: ConfigUpdate for channel '{update.ChannelId}' but envelope for channel '{current.Channel}'");
        }

        var existing = ConfigTree.Flatten(current.Config.ChannelGroup);
        var read = ConfigTree.Flatten(update.ReadSet ?? new ConfigGroup());
        var write = ConfigTree.Flatten(update.WriteSet ?? new ConfigGroup());
        DemandReads(existing, read);
        var delta = write.Where(entry => !read.TryGetValue(entry.Key, out var known) || known.Version != entry.Value.Version).ToDictionary(StringComparer.Ordinal);
        DemandWrites(current, existing, delta, [.. wrapped.Signatures.Select(signature => Signed(signature, wrapped.ConfigUpdate))]);

        var proposed = new Dictionary<string, ConfigElement>(existing, StringComparer.Ordinal);
        foreach (var (key, element) in delta)
        {
            proposed[key] = element;
        }

        var result = new Config { Sequence = current.Config.Sequence + 1, ChannelGroup = ConfigTree.Build(proposed) };
        DemandComplete(write, result.ChannelGroup);
        return new ConfigEnvelope { Config = result, LastUpdate = envelope };
    }

    private static void DemandReads(Dictionary<string, ConfigElement> existing, Dictionary<string, ConfigElement> read)
    {
        foreach (var (key, element) in read)
        {
            if (!existing.TryGetValue(key, out var known))
            {
                throw new EmulationException($"error authorizing update: error validating ReadSet: existing config does not contain element for {key} but was in the read set");
            }

            if (known.Version != element.Version)
            {
                throw new EmulationException($"error authorizing update: error validating ReadSet: proposed update requires that key {key} be at version {element.Version}, but it is currently at version {known.Version}");
            }
        }
    }

    private static void DemandWrites(ChannelConfig current, Dictionary<string, ConfigElement> existing, Dictionary<string, ConfigElement> delta, List<SignedData> signatures)
    {
        if (delta.Count == 0)
        {
            throw Refused("delta set was empty -- update would have no effect");
        }

        foreach (var (key, element) in delta)
        {
            if (element.ModPolicy.Length == 0)
            {
                throw Refused($"invalid mod_policy for element {key}: mod_policy not set");
            }

            if (!existing.TryGetValue(key, out var known))
            {
                if (element.Version != 0)
                {
                    throw Refused($"attempted to set key {key} to version {element.Version}, but key does not exist");
                }

                continue;
            }

            if (element.Version != known.Version + 1)
            {
                throw Refused($"attempt to set key {key} to version {element.Version}, but key is at version {known.Version}");
            }

            if (current.Policies.Refuse(known.ModPolicyPath, signatures) is { } reason)
            {
                throw Refused($"policy for {key} not satisfied: {reason}");
            }
        }
    }

    private static void DemandComplete(Dictionary<string, ConfigElement> write, ConfigGroup proposed)
    {
        var known = ConfigTree.Flatten(proposed);
        if (write.Keys.FirstOrDefault(key => !known.ContainsKey(key)) is { } missing)
        {
            throw new EmulationException($"error authorizing update: full config did not verify: writeset contained key {missing} which did not appear in proposed config");
        }
    }

    private static SignedData Signed(ConfigSignature signature, ByteString update) =>
        new(Read(signature.SignatureHeader, SignatureHeader.Parser).Creator, ByteString.CopyFrom([.. signature.SignatureHeader.Span, .. update.Span]), signature.Signature);

    private static T Read<T>(ByteString bytes, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw new EmulationException($"error converting envelope to config update: {typeof(T).Name} is malformed", failure);
        }
    }

    private static EmulationException Refused(string cause) => new($"error authorizing update: error validating DeltaSet: {cause}");
}
