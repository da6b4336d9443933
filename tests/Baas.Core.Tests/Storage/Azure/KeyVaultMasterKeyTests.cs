using System.Security.Cryptography;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Baas.Core.Storage;
using Baas.Core.Storage.Azure;

namespace Baas.Core.Tests.Storage.Azure;

public sealed class KeyVaultMasterKeyTests
{
    private static readonly byte[] DataKey = RandomNumberGenerator.GetBytes(32);

    private readonly FakeVault _vault = new();

    [Fact]
    public async Task UnwrapAsync_WrappedBefore_GivesTheKeyBack()
    {
        _vault.AddVersion();

        var wrapped = await Open().WrapAsync(DataKey, "network", CancellationToken.None);

        Assert.Equal(DataKey, await Open().UnwrapAsync(wrapped, "network", CancellationToken.None));
    }

    [Fact]
    public async Task UnwrapAsync_KeyReplacedSince_EarlierVersionOpensIt()
    {
        _vault.AddVersion();
        var before = Open();
        var wrapped = await before.WrapAsync(DataKey, "network", CancellationToken.None);
        _vault.AddVersion();
        _vault.AddVersion();
        var after = Open();

        Assert.Equal(DataKey, await after.UnwrapAsync(wrapped, "network", CancellationToken.None));
        Assert.NotEqual(await before.GetIdAsync(CancellationToken.None), await after.GetIdAsync(CancellationToken.None));
    }

    [Fact]
    public async Task UnwrapAsync_EarlierVersionDisabled_IsUnreadable()
    {
        var first = _vault.AddVersion();
        var wrapped = await Open().WrapAsync(DataKey, "network", CancellationToken.None);
        _vault.AddVersion();
        _vault.Disable(first);

        Assert.Equal("secret-unreadable", await CodeOf(() => Open().UnwrapAsync(wrapped, "network", CancellationToken.None)));
    }

    [Fact]
    public async Task UnwrapAsync_NoWrappedKey_IsUnreadable()
    {
        _vault.AddVersion();

        Assert.Equal("secret-unreadable", await CodeOf(() => Open().UnwrapAsync(new byte[5], "network", CancellationToken.None)));
    }

    [Fact]
    public async Task GetIdAsync_Twice_AsksTheVaultOnce()
    {
        _vault.AddVersion();
        var key = Open();

        Assert.Equal(await key.GetIdAsync(CancellationToken.None), await key.GetIdAsync(CancellationToken.None));
        Assert.Equal(1, _vault.Reads);
    }

    [Theory]
    [InlineData(404, "master-key-missing", false)]
    [InlineData(403, "master-key-refused", false)]
    [InlineData(503, "master-key-unavailable", true)]
    [InlineData(429, "master-key-unavailable", true)]
    public async Task GetIdAsync_VaultAnswersOtherwise_SaysSo(int status, string code, bool isTransient)
    {
        _vault.AddVersion();
        _vault.Status = status;

        var failure = await Assert.ThrowsAsync<StorageException>(() => Open().GetIdAsync(CancellationToken.None));

        Assert.Equal((code, isTransient), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task GetIdAsync_FailedBefore_AsksAgain()
    {
        _vault.AddVersion();
        var key = Open();
        _vault.Status = 503;
        await CodeOf(() => key.GetIdAsync(CancellationToken.None));
        _vault.Status = 200;

        Assert.NotEmpty(await key.GetIdAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64!")]
    [InlineData("dG9vIHNob3J0")]
    public async Task GetIdAsync_ValueIsNoKey_SaysSoAndShowsNothing(string value)
    {
        _vault.AddVersion(value);

        var failure = await Assert.ThrowsAsync<StorageException>(() => Open().GetIdAsync(CancellationToken.None));

        Assert.Equal("master-key-invalid", failure.Code);
        Assert.True(value.Length == 0 || !failure.Message.Contains(value, StringComparison.Ordinal));
    }

    private static async Task<string> CodeOf(Func<Task> call) => (await Assert.ThrowsAsync<StorageException>(call)).Code;

    private KeyVaultMasterKey Open()
    {
        SecretClientOptions options = new() { Transport = new HttpClientTransport(_vault), DisableChallengeResourceVerification = true };
        options.Retry.MaxRetries = 0;
        return new KeyVaultMasterKey(new SecretClient(FakeVault.Address, new FakeVault.Credential(), options), FakeVault.Secret);
    }
}
