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
    [InlineData("storageUri", "http://127.0.0.1:10000/devstoreaccount1")]
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
    public void Validate_QueuesOfStorageUnderANameOfItsOwn_CannotBeGuessed() =>
        Assert.Contains("\"azure:queueUri\"", Assert.Single(Assert.Throws<OptionsValidationException>(() => Read("storageUri", "https://storage.example.com/")).Failures), StringComparison.Ordinal);

    [Theory]
    [InlineData("UseDevelopmentStorage=true")]
    [InlineData("AccountName=one;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/one;QueueEndpoint=http://127.0.0.1:2/one")]
    public void Validate_StorageOnTheDesk_NeedsNothingElse(string connection)
    {
        var options = Bind(new() { ["azure:developmentStorage"] = connection });

        Assert.Equal(connection, options.DevelopmentStorage);
    }

    [Theory]
    [InlineData(" ", null)]
    [InlineData("http://127.0.0.1:10000/devstoreaccount1", null)]
    [InlineData("AccountName=one;AccountKey=a2V5;EndpointSuffix=core.windows.net", null)]
    [InlineData("AccountName=one;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:1/one;QueueEndpoint=https://one.queue.core.windows.net", null)]
    [InlineData("UseDevelopmentStorage=true", "https://account.blob.core.windows.net/")]
    public void Validate_StorageOnTheDeskIsWrong_NamesIt(string connection, string? storage)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Bind(new() { ["azure:developmentStorage"] = connection, ["azure:storageUri"] = storage }));

        Assert.Contains("\"azure:developmentStorage\"", Assert.Single(refusal.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain("a2V5", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Queues_OfAnAccount_AreBesideItsBlobs() => Assert.Equal("https://account.queue.core.windows.net/", Read("container", "baas").Queues);

    private static AzureOptions Read(string setting, string? value) => Bind(new()
    {
        ["azure:storageUri"] = "https://account.blob.core.windows.net/",
        ["azure:keyVaultUri"] = "https://vault.vault.azure.net/",
        [$"azure:{setting}"] = value,
    });

    private static AzureOptions Bind(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddOptions<AzureOptions>().Bind(new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("azure")).ValidateDataAnnotations();
        return services.BuildServiceProvider().GetRequiredService<IOptions<AzureOptions>>().Value;
    }
}
