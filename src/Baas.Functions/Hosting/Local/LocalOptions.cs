using System.Net;
using Baas.Core.Kubernetes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Baas.Functions.Hosting.Local;

/// <summary>How the service runs as one process on one machine.</summary>
public sealed record LocalOptions
{
    /// <summary>The port that is tried first when none is asked for.</summary>
    public const int DefaultPort = 7700;

    /// <summary>The folder of records, secrets and the journal; made when it is absent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The clusters; the first is the default one.</summary>
    public required IReadOnlyList<ClusterOptions> Clusters { get; init; }

    /// <summary>Where the API listens. The default is 127.0.0.1; any address that others can reach needs a certificate.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The API's port; 0 for any free one. The default is 7700.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>The certificate with its chain, PEM; null for plain HTTP on a loopback address.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>The certificate's key, PEM.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Further settings: <c>oidc</c>, <c>limits</c>, <c>journal</c>, <c>telemetry</c>. The default is none.</summary>
    public IConfiguration Settings { get; init; } = new ConfigurationBuilder().Build();

    /// <summary>What is logged at least. The default is warnings.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Changes the services before they are built: how tests make steps fail.</summary>
    internal Action<IServiceCollection>? Adjust { get; init; }
}
