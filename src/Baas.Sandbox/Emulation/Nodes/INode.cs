namespace Baas.Sandbox.Emulation.Nodes;

/// <summary>An emulated program that runs until it is disposed.</summary>
internal interface INode : IAsyncDisposable
{
}
