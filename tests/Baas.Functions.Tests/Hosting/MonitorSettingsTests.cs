using Baas.Functions.Hosting.Cloud;
using Baas.Functions.Hosting.Local;
using Microsoft.Extensions.Configuration;

namespace Baas.Functions.Tests.Hosting;

public sealed class MonitorSettingsTests
{
    private const string Key = "InstrumentationKey=00000000-0000-0000-0000-000000000001";

    [Theory]
    [InlineData("nonsense")]
    [InlineData("InstrumentationKey")]
    [InlineData("InstrumentationKey=")]
    [InlineData("InstrumentationKey=secret-text")]
    [InlineData("IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/")]
    [InlineData($"{Key};IngestionEndpoint=somewhere")]
    [InlineData($"{Key};IngestionEndpoint=")]
    [InlineData($"{Key};LiveEndpoint=ftp://live")]
    public void ReadConnection_IsMalformed_NamesTheSettingAndShowsNothingOfIt(string text)
    {
        var refusal = Assert.Throws<HostingException>(() => MonitorSettings.ReadConnection(Settings(MonitorSettings.Connection, text)));

        Assert.Equal("setting-invalid", refusal.Code);
        Assert.StartsWith("setting \"APPLICATIONINSIGHTS_CONNECTION_STRING\" ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-text", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void ReadConnection_IsAbsent_IsNowhere(string? text) => Assert.Null(MonitorSettings.ReadConnection(Settings(MonitorSettings.Connection, text)));

    [Theory]
    [InlineData(Key)]
    [InlineData($"{Key};IngestionEndpoint=https://westeurope-1.in.applicationinsights.azure.com/;LiveEndpoint=https://westeurope.livediagnostics.monitor.azure.com/;ApplicationId=00000000-0000-0000-0000-000000000002")]
    public void ReadConnection_AsAzureGivesIt_IsTaken(string text) => Assert.Equal(text, MonitorSettings.ReadConnection(Settings(MonitorSettings.Connection, text)));

    [Theory]
    [InlineData(null, false)]
    [InlineData("Authorization=AAD", true)]
    [InlineData("ClientId=00000000-0000-0000-0000-000000000001; Authorization=AAD", true)]
    public void NeedsIdentity_IsWhatTheHostIsTold(string? text, bool expected) => Assert.Equal(expected, MonitorSettings.NeedsIdentity(Settings(MonitorSettings.Authentication, text)));

    private static IConfiguration Settings(string name, string? value) => new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();
}
