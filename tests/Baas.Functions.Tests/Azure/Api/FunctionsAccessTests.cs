using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsAccessTests(FunctionsApiHost host) : AccessTests(host), IClassFixture<FunctionsApiHost>;
