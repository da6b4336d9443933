namespace Baas.FunctionsHost;

/// <summary>The worker went away while a function ran. Durable Functions know the real host's exception by this name.</summary>
public sealed class WorkerProcessExitException() : Exception("the worker process has exited");
