using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsOidcTests(FunctionsApiHost host) : OidcTests(host), IClassFixture<FunctionsApiHost>
{
    private protected override ApiHost With(string authority) => new FunctionsApiHost { Authority = authority };
}
