using Baas.Core.Networks;
using Baas.Core.Networks.Documents;
using Baas.Core.Networks.Validation;
using Baas.Core.Records;
using Baas.Core.Storage.Identities;

namespace Baas.Core.Operations;

/// <summary>Turns a document that somebody sent into a valid specification, or refuses it with everything that is wrong with it.</summary>
internal sealed class SpecificationIntake(TenantOperations tenants, RecordStore records, BroughtAuthorityStore authorities, SpecificationOptions options)
{
    /// <summary>The most bytes of a document.</summary>
    public int MaxBytes => options.MaxBytes;

    /// <summary>Reads and validates a document for a tenant.</summary>
    /// <param name="tenant">Whose network it shall be.</param>
    /// <param name="text">The document.</param>
    /// <param name="format">How it is written.</param>
    /// <param name="asChange">Whether the network may be there already, so that the document is a change of it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The specification and what works but is likely to be regretted.</returns>
    /// <exception cref="RefusedException"><c>tenant-not-found</c>, <c>specification-malformed</c>, <c>specification-invalid</c>.</exception>
    public async Task<(NetworkSpec Spec, IReadOnlyList<Violation> Warnings)> ReadAsync(
        TenantName tenant, string text, SpecFormat format, bool asChange, CancellationToken cancellationToken)
    {
        await tenants.GetAsync(tenant, cancellationToken);
        var reading = SpecReader.Read(text, format, options.MaxBytes);
        if (!reading.IsValid)
        {
            throw Refused("specification-malformed", "cannot read the specification", reading.Violations);
        }

        var recorded = asChange ? await records.GetAsync<NetworkRecord>(RecordNames.Network(new(tenant, reading.Spec.Name)), cancellationToken) : null;
        var report = SpecValidator.Validate(reading.Spec, recorded?.Record.Spec, options.Limits);
        var violations = report.IsValid ? await MissingAsync(tenant, reading.Spec, cancellationToken) : report.Violations;
        return violations.Count == 0
            ? (reading.Spec, report.Warnings)
            : throw Refused("specification-invalid", $"cannot accept the specification of network \"{reading.Spec.Name}\"", violations);
    }

    /// <summary>What the specification refers to and is not there: clusters of the settings, certificate authorities of the tenant.</summary>
    private async Task<IReadOnlyList<Violation>> MissingAsync(TenantName tenant, NetworkSpec spec, CancellationToken cancellationToken)
    {
        List<Violation> missing = [];
        foreach (var (path, cluster, ca) in Placements(spec))
        {
            if (cluster is { } wanted && !options.Clusters.Contains(wanted.Value, StringComparer.Ordinal))
            {
                missing.Add(new($"{path}.cluster", "cluster-unknown", $"there is no cluster \"{wanted}\"; there are: {string.Join(", ", options.Clusters)}"));
            }

            foreach (var (property, issuer) in new[] { ("signingIssuer", ca.SigningIssuer), ("tlsIssuer", ca.TlsIssuer) })
            {
                if (issuer is { } name && await authorities.FindAsync(tenant, name, cancellationToken) is null)
                {
                    missing.Add(new($"{path}.ca.{property}", "authority-unknown", $"tenant \"{tenant}\" has brought no certificate authority \"{name}\""));
                }
            }
        }

        return missing;
    }

    private static IEnumerable<(string Path, ClusterName? Cluster, CaSpec Ca)> Placements(NetworkSpec spec) =>
        spec.Organizations
            .Select((organization, index) => ($"$.organizations[{index}]", organization.Cluster, organization.Ca))
            .Prepend(("$.ordering", spec.Ordering.Cluster, spec.Ordering.Ca));

    private static RefusedException Refused(string code, string subject, IReadOnlyList<Violation> violations)
    {
        var more = violations.Count > 1 ? $" (and {violations.Count - 1} more)" : "";
        return new(RefusalKind.Invalid, code, $"{subject}: {violations[0].Path}: {violations[0].Message}{more}") { Violations = violations };
    }
}
