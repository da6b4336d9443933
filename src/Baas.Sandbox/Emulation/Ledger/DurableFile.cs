using Google.Protobuf;

namespace Baas.Sandbox.Emulation.Ledger;

/// <summary>Writes small files so that they are there entirely or not at all.</summary>
internal static class DurableFile
{
    /// <summary>Writes a message.</summary>
    public static void Write(string path, IMessage message) => Write(path, message.ToByteArray());

    /// <summary>Writes bytes.</summary>
    public static void Write(string path, byte[] bytes)
    {
        var temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
