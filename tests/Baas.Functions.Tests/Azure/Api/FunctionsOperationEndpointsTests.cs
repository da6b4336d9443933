using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsOperationEndpointsTests(FunctionsApiHost host) : OperationEndpointsTests(host), IClassFixture<FunctionsApiHost>;
