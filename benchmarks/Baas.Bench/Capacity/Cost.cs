namespace Baas.Bench.Capacity;

/// <summary>What something costs.</summary>
/// <param name="Requests">Requests to the blob store.</param>
/// <param name="Attempts">Attempts of steps.</param>
/// <param name="Workflows">Workflows, children included.</param>
/// <param name="StepSeconds">Seconds of all attempts.</param>
internal sealed record Cost(double Requests, double Attempts, double Workflows, double StepSeconds)
{
    // Durable Task on Azure's storage: a message out and in (put, get, delete each), a result back (the same), rows of history and of the instance in two turns.
    private const int RequestsPerCall = 10;

    /// <summary>Requests to Azure's storage when Durable Task runs it: those of the blob store, and ten for each step and workflow.</summary>
    public double AzureRequests => Requests + (RequestsPerCall * (Attempts + Workflows));

    /// <summary>The same for one of several.</summary>
    public Cost Over(int count) => new(Requests / count, Attempts / count, Workflows / count, StepSeconds / count);

    public static Cost operator -(Cost after, Cost before) =>
        new(after.Requests - before.Requests, after.Attempts - before.Attempts, after.Workflows - before.Workflows, after.StepSeconds - before.StepSeconds);
}
