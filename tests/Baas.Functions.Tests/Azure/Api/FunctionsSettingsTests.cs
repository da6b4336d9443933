using Baas.Core;
using Baas.FunctionsHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Baas.Functions.Tests.Azure.Api;

/// <summary>The function app's start with a setting that is wrong: it fails in one line that names it.</summary>
public sealed class FunctionsSettingsTests
{
    [Theory]
    [InlineData("azure:storageUri", null, "azure:storageUri")]
    [InlineData("azure:storageUri", "account", "azure:storageUri")]
    [InlineData("azure:storageUri", "http://account.blob.core.windows.net/", "azure:storageUri")]
    [InlineData("azure:queueUri", "queue", "azure:queueUri")]
    [InlineData("azure:copyStorageUri", "other", "azure:copyStorageUri")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "somewhere", "APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("azure:keyVaultUri", null, "azure:keyVaultUri")]
    [InlineData("azure:keyVaultUri", "vault", "azure:keyVaultUri")]
    [InlineData("azure:container", " ", "azure:container")]
    [InlineData("azure:masterKeySecret", " ", "azure:masterKeySecret")]
    [InlineData("azure:clustersTrustEntra", "maybe", "azure:clustersTrustEntra")]
    [InlineData("azure:storageUrl", "https://account.blob.core.windows.net/", "storageUrl")]
    [InlineData("oidc:authority", null, "oidc:authority")]
    [InlineData("oidc:authority", "login", "oidc:authority")]
    [InlineData("clusters:0:kubeconfig", null, "Kubeconfig")]
    [InlineData("clusters:0:inCluster", "maybe", "clusters:0:inCluster")]
    [InlineData("clusters:0:kubeconfigs", "x", "kubeconfigs")]
    [InlineData("clusters:0:defaultExposure", "everywhere", "clusters:0:defaultExposure")]
    [InlineData("limits:organizations", "many", "limits:organizations")]
    [InlineData("health:parallel", "few", "health:parallel")]
    [InlineData("backups:never", "true", "backups")]
    [InlineData("upgrades:never", "true", "upgrades")]
    public async Task Start_SettingIsWrong_NamesIt(string setting, string? value, string named)
    {
        var refusal = await Record.ExceptionAsync(() => StartAsync(setting, value));

        Assert.True(refusal is BaasException or OptionsValidationException, $"{refusal}"); // what Program turns into one line
        Assert.Contains(named, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task StartAsync(string setting, string? value)
    {
        Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase)
        {
            ["azure:storageUri"] = "https://account.blob.core.windows.net/",
            ["azure:keyVaultUri"] = "https://vault.vault.azure.net/",
            ["oidc:authority"] = "https://login.example.com/",
            ["clusters:0:name"] = "one",
            ["clusters:0:kubeconfig"] = "kubeconfig",
            [setting] = value,
        };
        string[] arguments = [.. settings.Where(one => one.Value is not null).Select(one => $"--{one.Key}={one.Value}")];
        using var worker = WorkerProgram.Build(arguments, _ => { });
        worker.Services.GetRequiredService<IStartupValidator>().Validate(); // the first that a host does, before anything is reached for
        await worker.StopAsync();
    }
}
