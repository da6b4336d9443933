using Baas.Core.Networks;
using Baas.Core.Operations.Renewals;

namespace Baas.Functions.Http.Certificates;

/// <summary>The certificates of a network.</summary>
/// <param name="Network">The network.</param>
/// <param name="Items">Those of authorities, then of users, then of nodes.</param>
public sealed record CertificatesResource(NetworkName Network, IReadOnlyList<CertificateView> Items);
