using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Brings the objects of one kind to what they ask for.</summary>
internal interface IController
{
    /// <summary>The kind that it looks after.</summary>
    ObjectKind Kind { get; }

    /// <summary>The objects of its kind that a change of any object concerns. Quick and without effect.</summary>
    IEnumerable<ObjectKey> Concerned(ObjectChange change);

    /// <summary>Takes the next step for one object, which may be gone; gives the delay after which to look again without a change, or null.</summary>
    TimeSpan? Reconcile(ObjectKey key);
}
