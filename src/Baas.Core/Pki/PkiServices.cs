using Microsoft.Extensions.DependencyInjection;

namespace Baas.Core.Pki;

/// <summary>Registers the PKI.</summary>
internal static class PkiServices
{
    /// <summary>Adds the issuer of certificates; a <see cref="TimeProvider"/> has to be registered, too.</summary>
    public static IServiceCollection AddPki(this IServiceCollection services) => services.AddSingleton<CertificateIssuer>();
}
