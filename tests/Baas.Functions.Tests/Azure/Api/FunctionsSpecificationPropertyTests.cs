using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsSpecificationPropertyTests(FunctionsApiHost host) : SpecificationPropertyTests(host), IClassFixture<FunctionsApiHost>;
