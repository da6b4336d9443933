using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsLogEndpointsTests(FunctionsApiHost host) : LogEndpointsTests(host), IClassFixture<FunctionsApiHost>;
