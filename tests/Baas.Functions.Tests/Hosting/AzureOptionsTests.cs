using Baas.Functions.Hosting.Cloud;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Tests.Hosting;

public sealed class AzureOptionsTests
{
    [Theory]
    [InlineData("storageUri", null)]
    [InlineData("storageUri", "account.blob.core.windows.net")]
    [InlineData("storageUri", "http://account.blob.core.windows.net/")]
    [InlineData("queueUri", "account.queue.core.windows.net")]
    [InlineData("keyVaultUri", null)]
    [InlineData("keyVaultUri", "vault")]
    [InlineData("container", " ")]
    [InlineData("masterKeySecret", "")]
    public void Validate_SettingIsWrong_NamesIt(string setting, string? value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Read(setting, value));

        Assert.Contains($"\"azure:{setting}\"", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_AllWrong_NamesEach()
    {
        var services = new ServiceCollection();
        services.AddOptions<AzureOptions>().ValidateDataAnnotations();

        var refusal = Assert.Throws<OptionsValidationException>(() => services.BuildServiceProvider().GetRequiredService<IOptions<AzureOptions>>().Value);

        Assert.Equal(2, refusal.Failures.Count()); // storage and vault have no defaults
    }

    [Fact]
    public void Validate_StorageOnTheDesk_MayDoWithoutTls()
    {
        var options = Read("storageUri", "http://127.0.0.1:10000/account", "http://127.0.0.1:10001/account");

        Assert.Equal(("http://127.0.0.1:10000/account", "http://127.0.0.1:10001/account"), (options.StorageUri, options.Queues));
    }

    [Fact]
    public void Validate_QueuesOfStorageOnTheDesk_CannotBeGuessed() =>
        Assert.Contains("\"azure:queueUri\"", Assert.Single(Assert.Throws<OptionsValidationException>(() => Read("storageUri", "http://127.0.0.1:10000/account")).Failures), StringComparison.Ordinal);

    [Fact]
    public void Queues_OfAnAccount_AreBesideItsBlobs() => Assert.Equal("https://account.queue.core.windows.net/", Read("container", "baas").Queues);

    private static AzureOptions Read(string setting, string? value, string? queues = null)
    {
        Dictionary<string, string?> settings = new()
        {
            ["azure:storageUri"] = "https://account.blob.core.windows.net/",
            ["azure:keyVaultUri"] = "https://vault.vault.azure.net/",
            ["azure:queueUri"] = queues,
            [$"azure:{setting}"] = value,
        };
        var services = new ServiceCollection();
        services.AddOptions<AzureOptions>().Bind(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("azure")).ValidateDataAnnotations();
        return services.BuildServiceProvider().GetRequiredService<IOptions<AzureOptions>>().Value;
    }
}
