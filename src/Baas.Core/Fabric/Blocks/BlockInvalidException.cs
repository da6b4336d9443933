namespace Baas.Core.Fabric.Blocks;

/// <summary>A block is not what it should be: cut off, changed, out of its chain or of another kind.</summary>
/// <param name="block">The block for people: its number, or what is known of it.</param>
/// <param name="reason">What is wrong.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class BlockInvalidException(string block, string reason, Exception? cause = null)
    : BaasException("block-invalid", $"cannot accept block \"{block}\": {reason}", cause);
