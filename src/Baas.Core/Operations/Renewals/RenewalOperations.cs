using System.Text.Json;
using Baas.Core.Networks;
using Baas.Core.Records;
using Baas.Core.Workflows.Engine;
using Baas.Core.Workflows.Renewals;

namespace Baas.Core.Operations.Renewals;

/// <summary>Shows a network's certificates, and plans and begins their renewal.</summary>
internal sealed class RenewalOperations(
    NetworkOperations networks, NetworkLock locks, OperationStarter starter, CertificateInventory inventory, RenewalOptions options, TimeProvider clock)
{
    /// <summary>What a renewal is.</summary>
    public static OperationDefinition Renewal { get; } = OperationDefinition.Of<RenewalArguments>(
        OperationKind.RenewCertificates,
        LockRule.Maintenance,
        (operation, recorded, arguments) => new RenewCertificates.Input(operation.Network, operation.Id, recorded, arguments.Nodes, arguments.Users, arguments.NodeLimit));

    /// <summary>All certificates of a network: of authorities, users, nodes.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>.</exception>
    public async Task<IReadOnlyList<CertificateView>> ListAsync(NetworkReference network, CancellationToken cancellationToken)
    {
        var record = (await networks.GetAsync(network, cancellationToken)).Record;
        var sets = await inventory.ReadAsync(record, cancellationToken);
        return [.. await inventory.ReadAuthoritiesAsync(record, cancellationToken), .. sets.SelectMany(set => set.Certificates)];
    }

    /// <summary>What a renewal would do. Touches nothing.</summary>
    /// <exception cref="RefusedException"><c>network-not-found</c>, <c>organization-not-found</c>, <c>node-not-found</c>.</exception>
    public async Task<RenewalPlan> PlanAsync(NetworkReference network, RenewalSelection selection, CancellationToken cancellationToken)
    {
        var record = (await networks.GetAsync(network, cancellationToken)).Record;
        Check(record.Spec, selection);
        var sets = (await inventory.ReadAsync(record, cancellationToken))
            .Where(set => (selection.Organization is null || set.Organization == selection.Organization) && (selection.Node is null || set.Node?.Node == selection.Node))
            .ToList();
        var wanted = sets.Where(set => (selection.All || set.Certificates.Any(certificate => certificate.IsDue)) && !WouldNotStart(set)).ToList();
        return new RenewalPlan(
            network.Network,
            [.. wanted.Select(UserIn).OfType<RenewedUser>()],
            [.. wanted.Select(NodeIn).OfType<RenewedNode>()],
            [.. sets.SelectMany(set => set.Certificates).Where(certificate => certificate.Note is not null)]);
    }

    /// <summary>Begins a renewal.</summary>
    /// <exception cref="RefusedException">
    /// <c>renewal-not-needed</c>, <c>network-not-found</c>, <c>organization-not-found</c>, <c>node-not-found</c>, <c>network-busy</c>, <c>network-not-ready</c>,
    /// <c>idempotency-key-reused</c>.
    /// </exception>
    public async Task<OperationRecord> BeginAsync(ChangeRequest request, NetworkName name, RenewalSelection selection, CancellationToken cancellationToken)
    {
        var network = new NetworkReference(request.Tenant, name);
        var plan = await PlanAsync(network, selection, cancellationToken);
        var arguments = JsonSerializer.SerializeToElement(new RenewalArguments(plan.Nodes, plan.Users, options.NodeLimit), NetworkJson.Options);
        var draft = new NetworkLock.Draft(network, OperationKind.RenewCertificates, OnFailure.Keep) { Arguments = arguments };
        var (operation, ended) = await locks.BeginAsync(request, draft, cancellationToken);
        if (ended)
        {
            return operation;
        }

        // A repetition of the request that holds the network now may have renewed everything meanwhile.
        var isUnderWay = (await networks.GetAsync(network, cancellationToken)).Record.ActiveOperation == operation.Id;
        return isUnderWay || !plan.IsEmpty
            ? await locks.TakeAndStartAsync(request, operation, null, cancellationToken)
            : await starter.EndOrForgetAsync(request, operation, cancellationToken) ?? throw NotNeeded(name);
    }

    // A node whose signing certificate has expired does not start again; as long as it runs it is left to.
    private bool WouldNotStart(CertificateSet set) => set.KeepsSigning && set.Certificates[0].NotAfter <= clock.GetUtcNow();

    private static RefusedException NotNeeded(NetworkName network) =>
        new(RefusalKind.Conflict, "renewal-not-needed", $"cannot renew certificates of network \"{network}\": none of those that were asked for is due");

    private static RenewedUser? UserIn(CertificateSet set) => set.User is { } user ? new RenewedUser(set.Organization, user, set.Fingerprint) : null;

    private RenewedNode? NodeIn(CertificateSet set) => set is { Node: { } node, Role: { } role }
        ? new RenewedNode(node, role, set.Fingerprint, set.KeepsSigning, set.Certificates.Any(certificate => certificate.NotAfter <= clock.GetUtcNow()))
        : null;

    private static void Check(NetworkSpec spec, RenewalSelection selection)
    {
        if (selection.Organization is { } organization && !CertificateInventory.OrganizationsOf(spec).Contains(organization))
        {
            throw new RefusedException(RefusalKind.NotFound, "organization-not-found", $"cannot find organization \"{organization}\" in network \"{spec.Name}\"");
        }

        if (selection.Node is { } node && !CertificateInventory.NodesOf(spec).Any(one => one.Node.Node == node && one.Node.Organization == selection.Organization))
        {
            throw new RefusedException(RefusalKind.NotFound, "node-not-found", $"cannot find node \"{node}\" of organization \"{selection.Organization}\" in network \"{spec.Name}\"");
        }
    }
}
