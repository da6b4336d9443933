namespace Baas.Core.Fabric.Gateway.Errors;

/// <summary>Events cannot be followed: a peer refuses, or none answers for a while (<c>events-failed</c>).</summary>
public sealed class EventsException : BaasException
{
    internal EventsException(string channel, string reason, bool isTransient, Exception? cause = null)
        : base("events-failed", $"cannot follow channel \"{channel}\": {reason.ReplaceLineEndings(" ")}", cause) => IsTransient = isTransient;
}
