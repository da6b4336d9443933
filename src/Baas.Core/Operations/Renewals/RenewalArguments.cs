using Baas.Core.Workflows.Renewals;

namespace Baas.Core.Operations.Renewals;

/// <summary>What a renewal is begun with, on its operation's record.</summary>
/// <param name="Nodes">The nodes whose certificates are renewed.</param>
/// <param name="Users">The users whose certificates are renewed.</param>
/// <param name="NodeLimit">How long a node may take until it answers.</param>
internal sealed record RenewalArguments(IReadOnlyList<RenewedNode> Nodes, IReadOnlyList<RenewedUser> Users, TimeSpan NodeLimit);
