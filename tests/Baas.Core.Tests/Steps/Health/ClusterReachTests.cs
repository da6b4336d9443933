using Baas.Core.Health;
using Baas.Core.Kubernetes;
using Baas.Core.Networks;
using Baas.Core.Steps.Health;
using Baas.Testing.Kubernetes;

namespace Baas.Core.Tests.Steps.Health;

public sealed class ClusterReachTests
{
    private readonly FakeKubernetes _cluster = new();

    [Fact]
    public async Task AnswersAsync_IsThere_IsTrue() => Assert.True(await AnswersAsync("default"));

    [Fact]
    public async Task AnswersAsync_SettingsDoNotKnowIt_IsFalse() => Assert.False(await AnswersAsync("gone"));

    [Theory]
    [InlineData("cluster-refused", 403, true)] // it lets nobody in, but it is there
    [InlineData("cluster-unreachable", 503, true)]
    [InlineData("cluster-unreachable", null, false)]
    [InlineData("cluster-untrusted", null, false)] // another cluster has its place
    public async Task AnswersAsync_Fails_TellsByWhetherThereWasAnAnswer(string code, int? status, bool answers)
    {
        _cluster.Fail = (_, _) => new KubernetesException(code, "no", status);

        Assert.Equal(answers, await AnswersAsync("default"));
    }

    private Task<bool> AnswersAsync(string name) => new ClusterReach(_cluster.Clusters(), new HealthOptions()).AnswersAsync(ClusterName.Parse(name), CancellationToken.None);
}
