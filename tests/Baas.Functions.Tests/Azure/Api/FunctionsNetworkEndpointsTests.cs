using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsNetworkEndpointsTests(FunctionsApiHost host) : NetworkEndpointsTests(host), IClassFixture<FunctionsApiHost>;
