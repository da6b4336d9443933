using System.Security.Cryptography;
using System.Text;

namespace Baas.Sandbox.Emulation.Trust;

/// <summary>Reads PEM texts.</summary>
internal static class Pem
{
    /// <summary>The content of each block with this label, in order.</summary>
    public static IEnumerable<byte[]> Read(ReadOnlyMemory<byte> text, string label)
    {
        var rest = Encoding.UTF8.GetString(text.Span).AsMemory();
        while (PemEncoding.TryFind(rest.Span, out var fields))
        {
            if (rest.Span[fields.Label].SequenceEqual(label))
            {
                yield return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }
    }

    /// <summary>The certificates in a text; DER that is no PEM is taken as it is.</summary>
    /// <exception cref="EmulationException">There is none.</exception>
    public static IEnumerable<Certificate> Certificates(ReadOnlyMemory<byte> text)
    {
        var found = Read(text, "CERTIFICATE").Select(Certificate.Parse).ToList();
        return found.Count > 0 ? found : throw new EmulationException("cannot read certificate: no PEM content");
    }
}
