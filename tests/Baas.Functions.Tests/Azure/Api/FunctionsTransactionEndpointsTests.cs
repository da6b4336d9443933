using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsTransactionEndpointsTests(FunctionsApiHost host) : TransactionEndpointsTests(host), IClassFixture<FunctionsApiHost>;
