using System.Net;
using System.Text;

namespace Baas.Core.Fabric.Transport;

/// <summary>A node's answer to a plain HTTP request.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Body">The whole body.</param>
internal sealed record HttpReply(HttpStatusCode Status, byte[] Body)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}
