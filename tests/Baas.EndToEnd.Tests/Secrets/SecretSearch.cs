using System.Security.Cryptography;
using System.Text;

namespace Baas.EndToEnd.Tests.Secrets;

/// <summary>Looks for secrets in all the forms in which they could have leaked.</summary>
internal sealed class SecretSearch
{
    private readonly List<(string Form, byte[] Bytes)> _needles = [];

    /// <summary>Looks for a private key: its PEM, its DER, its number alone, and each in base64 and hexadecimal.</summary>
    public SecretSearch AddPrivateKey(string pem)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(pem);
        var number = key.ExportParameters(includePrivateParameters: true).D!; // asked for
        foreach (var line in pem.Split('\n').Where(line => line.Length > 20 && !line.StartsWith("-----", StringComparison.Ordinal)))
        {
            AddText("a line of a private key's PEM", line);
        }

        AddBytes("a private key's number", number);
        AddText("a private key as base64", Convert.ToBase64String(key.ExportPkcs8PrivateKey()));
        AddText("a private key as SEC1 base64", Convert.ToBase64String(key.ExportECPrivateKey()));
        // As Kubernetes Secrets hold it. The head is the same for all keys, the end is not.
        AddText("a private key's PEM as base64", Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))[80..160]);
        return this;
    }

    /// <summary>Looks for raw key material.</summary>
    public SecretSearch AddBytes(string what, byte[] bytes)
    {
        _needles.Add((what, bytes));
        AddText($"{what} as base64", Convert.ToBase64String(bytes).TrimEnd('='));
        AddText($"{what} as hexadecimal", Convert.ToHexString(bytes));
        AddText($"{what} as hexadecimal", Convert.ToHexStringLower(bytes));
        return this;
    }

    /// <summary>Looks for a text.</summary>
    public SecretSearch AddText(string what, string text)
    {
        Assert.True(text.Length >= 16, "too short to be found by accident only");
        _needles.Add((what, Encoding.UTF8.GetBytes(text)));
        return this;
    }

    /// <summary>What of it stands in some content.</summary>
    public IEnumerable<string> In(byte[] content, string place) =>
        from needle in _needles where content.AsSpan().IndexOf(needle.Bytes) >= 0 select $"{needle.Form} stands in {place}";

    /// <inheritdoc cref="In(byte[], string)"/>
    public IEnumerable<string> In(string content, string place) => In(Encoding.UTF8.GetBytes(content), place);

    /// <summary>What of it stands in the files below a folder.</summary>
    public IEnumerable<string> InFolder(string folder, Func<string, bool> isMeant) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(isMeant).SelectMany(file => In(Read(file), file));

    // The process may have it open and locked for itself.
    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        file.CopyTo(content);
        return content.ToArray();
    }
}
