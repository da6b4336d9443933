using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsQueueEndpointsTests(FunctionsApiHost host) : QueueEndpointsTests(host), IClassFixture<FunctionsApiHost>;
