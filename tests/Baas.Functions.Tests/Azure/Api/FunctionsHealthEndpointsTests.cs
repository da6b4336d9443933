using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsHealthEndpointsTests(FunctionsApiHost host) : HealthEndpointsTests(host), IClassFixture<FunctionsApiHost>;
