using System.Text.Json.Nodes;
using Baas.Core.Steps.Health;

namespace Baas.Core.Tests.Steps.Health;

public sealed class ObjectDriftTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"cpu":"1"}""", """{"cpu":"1000m"}""")]
    [InlineData("""{"memory":"1Gi"}""", """{"memory":"1024Mi"}""")]
    [InlineData("""{"env":[{"name":"A","value":"1"}]}""", """{"env":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}""")]
    [InlineData("""{"env":[{"name":"A","value":""}]}""", """{"env":[{"name":"A"}]}""")]
    [InlineData("""{"volumeClaimTemplates":[{"metadata":{"name":"data"}}]}""", """{"volumeClaimTemplates":[]}""")]
    public void Find_WhatOthersAdd_IsNoDrift(string wanted, string live) => Assert.Null(Find(wanted, live));

    [Theory]
    [InlineData("""{"spec":{"replicas":1}}""", """{"spec":{"replicas":0}}""", "spec.replicas is 0, not 1")]
    [InlineData("""{"env":[{"name":"A","value":"1"}]}""", """{"env":[{"name":"A","value":"2"}]}""", "env[A].value is \"2\", not \"1\"")]
    [InlineData("""{"metadata":{"labels":{"x":"y"}}}""", """{"metadata":{}}""", "metadata.labels.x is absent, not \"y\"")]
    [InlineData("""{"ingress":[{"ports":[{"port":1}]}]}""", """{"ingress":[{"ports":[{"port":1}]},{}]}""", "ingress has 2 items, not 1")]
    public void Find_WhatBaasOwns_IsNamedWithBothValues(string wanted, string live, string difference) => Assert.Equal(difference, Find(wanted, live));

    private static string? Find(string wanted, string live) => ObjectDrift.Find((JsonObject)JsonNode.Parse(wanted)!, (JsonObject)JsonNode.Parse(live)!);
}
