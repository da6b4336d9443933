using Baas.Functions.Tests.Http;

namespace Baas.Functions.Tests.Azure.Api;

public sealed class FunctionsBackupEndpointsTests(FunctionsApiHost host) : BackupEndpointsTests(host), IClassFixture<FunctionsApiHost>;
