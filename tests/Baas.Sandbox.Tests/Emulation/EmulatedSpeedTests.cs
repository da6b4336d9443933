using System.Diagnostics;
using Xunit.Abstractions;

namespace Baas.Sandbox.Tests.Emulation;

public sealed class EmulatedSpeedTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Start_SevenNodes_WithinASecond()
    {
        await using (await new TestNetwork(3).StartOrderersAsync())
        {
            // The first start pays for what is compiled on the way.
        }

        await using var network = new TestNetwork(5);
        TestNode[] nodes = [.. network.Orderers, network.PeerOne, network.PeerTwo];
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(nodes.Select(node => node.StartAsync(network.Runtime)));

        output.WriteLine($"{nodes.Length} nodes started in {watch.Elapsed.TotalMilliseconds:f0} ms, {(Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds:f0} ms of CPU");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5)); // a bound for busy machines
    }
}
