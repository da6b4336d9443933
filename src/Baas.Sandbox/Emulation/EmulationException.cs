using Baas.Core;

namespace Baas.Sandbox.Emulation;

/// <summary>An emulated node refuses what it was asked, for the same reason as a real one.</summary>
/// <param name="message">The reason, as the client or the node's log gets it.</param>
/// <param name="cause">What was caught, when there was something.</param>
internal sealed class EmulationException(string message, Exception? cause = null) : BaasException("emulated-node-refused", message, cause);
