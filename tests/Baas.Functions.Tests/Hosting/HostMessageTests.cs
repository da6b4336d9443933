using System.Text.Json;
using Baas.Core.Storage.Queues;
using Baas.Functions.Hosting.Cloud;

namespace Baas.Functions.Tests.Hosting;

public sealed class HostMessageTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_FactsOfTheHost_AreRead(bool isJson)
    {
        Dictionary<string, object?> facts = isJson
            ? new() { ["Id"] = Element("\"m1\""), ["DequeueCount"] = Element("3"), ["InsertionTime"] = Element("\"2029-12-31T23:00:00+00:00\"") }
            : new() { ["Id"] = "m1", ["DequeueCount"] = "3", ["InsertionTime"] = "\"2029-12-31T23:00:00+00:00\"" };

        Assert.Equal(new WorkMessage("m1", "what was sent", 3, Now.AddHours(-1), ""), HostMessage.Of("what was sent", facts, Now));
    }

    [Fact]
    public void Of_NoFacts_IsTakenForTheFirstDelivery() => Assert.Equal(new WorkMessage("unknown", "x", 1, Now, ""), HostMessage.Of("x", new Dictionary<string, object?>(), Now));

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
