namespace Baas.Core.Fabric.Channels;

/// <summary>A channel's configuration cannot be changed as asked for.</summary>
/// <param name="element">The group or value.</param>
/// <param name="reason">Why not.</param>
internal sealed class ConfigEditException(string element, string reason)
    : BaasException("config-edit-impossible", $"cannot change config element \"{element}\": {reason}");
