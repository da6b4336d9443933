using System.Text.Json.Nodes;
using Baas.Core.Networks.Documents;

namespace Baas.Testing.Networks;

/// <summary>What breaks parsers: deep nesting, huge numbers and names, odd Unicode, references, tags, several documents.</summary>
internal static class HostileDocuments
{
    private static readonly string[] Texts =
    [
        "", " ", "\0", "null", "~", "\u202Eevil", "\u0000", "\U0001F4A9", "é", "İ", "ﬀ", "a\u0301", "../../etc/passwd", "'", "\"", "$(reboot)", "{{x}}", "%s%n", "OR(", "OutOf(99999999999,'A.peer')", "AND('a.peer','a.peer')",
        "/Channel/Application/Nobody", "1e400", "0x", "-0", ".inf", ".nan", "9999999999999999999999", "0.0.0", "3.1.5 ", "V99_99", "ANY", "ALL Nobody", "99999999d", "1e-9", "1e9", "1Ei", "org1", "Org1MSP", "main",
    ];

    private static readonly string[] Yaml =
    [
        "", "---", "...", "# nothing", "- - - -", "? a", "? [a]\n: b", "a: &x 1\nb: *x", "*x", "&a [*a]", "!!python/object:os.system x", "!<> x", "!<tag:x> {}", "! x", "!!binary aGk=", "<<: {a: 1}", "a: 1\n---\nb: 2", "%YAML 1.1\n---\na", "%YAML 9.9\n---\na",
        "%YAML 99999999999999.1\n---\n{}", "%TAG ! !\n---\n{}", "%FOO\n---\n", "a: |\n  b\n c", "a: >9\n b", "\t- a", "a:\tb", "{a: b", "[a, b", "'a", "\"a", "\"\\q\"", "\"\\uD800\"", "\"\\U00110000\"", "\"\\xzz\"", "@a", "`a", "a: b: c", "- a\nb: c", "{a, b}", "{a: 1, a: 2}",
        "{? {a: 1} : b}", "0x7fffffffffffffffff: 1", "~: 1", "true: 1", "\uFEFF\uFEFFname: x", "name: x\0", "name: \u0085x", "[]: 1", "&a a: 1", "a: *", "a: &", "&", "*", "!", "|", ">", "%", "key: [\n]\n]", "--- a\n--- b", "--- |\n", "\"" ,
        "a0: &a [x,x]\na1: &b [*a,*a]\na2: [*b,*b]",
    ];

    private static readonly string[] Json =
    [
        "", "null", "true", "0", "1e999", "-1e999", "\"x\"", "[]", "[null]", "{", "}", "{}}", "{},", "{\"a\"}", "{\"a\":}", "{a:1}", "{'a':1}", "[1,]", "{\"a\":1,}", "NaN", "Infinity", "01", "+1", ".5", "1.", "0x10", "\"\\ud800\"", "{\"\\ud800\":1}", "{\"\\udc00\\ud800\":\"\\ud83d\"}",
        "\"\\u0000\"", "\"\u0001\"", "\"\\x41\"", "// c\n{}", "/* c */ {}", "\uFEFF{}", "\uFEFF\uFEFF{}", "{}{}", "{} {}", "\0", "\u00A0{}", "{\"a\":1,\"a\":1}", "{\"\":1,\"\":2}", "{\"$type\":\"x\"}", "{\"__proto__\":{}}", "{\"name\":\"\\uFFFF\"}", "tru", "nul", "\"",
        "99999999999999999999999999999999999999999999999999",
    ];

    /// <summary>A whole document.</summary>
    public static string Next(Random random, SpecFormat format)
    {
        var depth = random.Next(1, 3000);
        return random.Next(8) switch
        {
            0 => new string('[', depth),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth),
            2 => string.Concat(Enumerable.Repeat(format == SpecFormat.Json ? "[{\"name\":" : "- ", depth)),
            3 => $"{{\"{new string('k', depth)}\": {new string('9', depth)}}}",
            _ => Pick(random, format == SpecFormat.Json ? Json : Yaml),
        };
    }

    /// <summary>A value of a wrong kind or out of range.</summary>
    public static JsonNode? NextValue(Random random) => random.Next(10) switch
    {
        0 => null,
        1 => JsonValue.Create(random.NextInt64(long.MinValue, long.MaxValue)),
        2 => JsonValue.Create(Pick(random, 0L, -1L, int.MaxValue, int.MaxValue + 1L, long.MaxValue, long.MinValue)),
        3 => JsonValue.Create(Pick(random, 0.5, 1e300, -1e-300, 1.0)),
        4 => JsonValue.Create(random.Next(2) == 0),
        5 => new JsonArray(JsonValue.Create("x"), null, new JsonObject()),
        6 => new JsonObject { [NextName(random)] = NextName(random) },
        7 => new string(Pick(random, 'a', '(', 'é', '\n'), random.Next(1, 5000)),
        _ => Pick(random, Texts),
    };

    /// <summary>A name that no specification has.</summary>
    public static string NextName(Random random) => Pick(random, "", " ", "Name", "nAME", "$", "a.b", "a'b\\", "\u0000", "\u202E", "\U0001F4A9", "<<", "null", "__proto__", "$ref", new string('x', 300));

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
