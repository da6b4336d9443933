using System.Text.Json.Nodes;
using Baas.Sandbox.Cluster.Kinds;
using Baas.Sandbox.Cluster.Objects;
using Baas.Sandbox.Cluster.Store;

namespace Baas.Sandbox.Cluster.Controllers;

/// <summary>Gives every namespace its default ServiceAccount.</summary>
internal sealed class ServiceAccountController(ObjectStore store) : IController
{
    public ObjectKind Kind => ClusterKinds.Namespaces;

    public IEnumerable<ObjectKey> Concerned(ObjectChange change) => change.Key.Kind == Kind && change.Type is ChangeType.Added ? [change.Key] : [];

    public TimeSpan? Reconcile(ObjectKey key)
    {
        var account = new ObjectKey(ClusterKinds.ServiceAccounts, key.Name, "default");
        if (store.Get(key) is { IsDeleting: false } && store.Get(account) is null)
        {
            store.Create(ClusterKinds.ServiceAccounts, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default", ["namespace"] = key.Name } });
        }

        return null;
    }
}
