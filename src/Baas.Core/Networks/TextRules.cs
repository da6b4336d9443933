namespace Baas.Core.Networks;

/// <summary>The forms of texts in a specification that are no names of their own type.</summary>
internal static class TextRules
{
    private const string Host = @"[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private const string Component = @"[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*";

    /// <summary>An image as container runtimes name it: registry, path, tag and digest.</summary>
    public static NameRule Image { get; } = NameRule.Of(
        "image reference",
        $@"({Host}(\.{Host})*(:[0-9]{{1,5}})?/)?{Component}(/{Component})*(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{{0,127}})?(@sha256:[0-9a-f]{{64}})?",
        255);

    /// <summary>A policy's characters; <see cref="Policies.PolicyExpression"/> knows its grammar.</summary>
    public static NameRule Policy { get; } = NameRule.Of("policy", @"[\t\n\r -~]+", 4000);

    /// <summary>The name of a cluster-wide object: a DNS subdomain.</summary>
    public static NameRule StorageClass { get; } = NameRule.Of("storage class", @"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", 253);

    /// <summary>A function's name or an argument of a call.</summary>
    public static NameRule CallText { get; } = NameRule.Of("text of a call", @"[^\x00-\x08\x0B\x0C\x0E-\x1F]+", 4000);

    /// <summary>A capability level; <see cref="FabricReleases"/> knows which there are.</summary>
    public static NameRule Capability { get; } = NameRule.Of("capability level", @"V[0-9]{1,2}(_[0-9]{1,2}){1,2}", 12);

    /// <summary>A schedule as in cron; whether it ever comes is checked by the rules.</summary>
    public static NameRule Schedule { get; } = NameRule.Of("schedule", @"[0-9*,/-]+( [0-9*,/-]+){4}", 200);
}
