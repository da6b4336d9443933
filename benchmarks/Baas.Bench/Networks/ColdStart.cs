using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Baas.Bench.Measuring;

namespace Baas.Bench.Networks;

/// <summary><c>baas serve</c> as a process of its own: from its start to its first answer over HTTP.</summary>
internal static class ColdStart
{
    private const int Runs = 5;

    public static async IAsyncEnumerable<Measurement> MeasureAsync(bool full, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<double> answers = [];
        for (var run = 0; run < Runs; run++)
        {
            using var folder = new WorkFolder();
            var watch = Stopwatch.StartNew();
            await using var service = ServeProcess.Start(folder);
            using var client = new HttpClient();
            await FirstAnswerAsync(client, service, cancellationToken);
            answers.Add(watch.Elapsed.TotalSeconds);
        }

        yield return new Measurement { Name = "serve, cold, to the first answer", Value = Statistics.Median(answers), Unit = "s", Goal = new Goal(1.0), Note = $"median of {Statistics.Spread(answers)}" };
    }

    private static async Task FirstAnswerAsync(HttpClient client, ServeProcess service, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://127.0.0.1:{service.Port}/api/v1"), cancellationToken);
                return;
            }
            catch (HttpRequestException refused) when (refused.InnerException is SocketException && !service.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
            }
        }
    }
}
