using Baas.Core.Health;
using Baas.Core.Health.Alerts;
using Baas.Core.Networks;

namespace Baas.Core.Operations.Health;

/// <summary>What a webhook gets.</summary>
/// <param name="Type"><c>alert</c>, or <c>test</c>.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="Network">The network; absent in a test.</param>
/// <param name="Health">How the network is; absent in a test.</param>
/// <param name="Alert">The alert: it fires, or it is resolved. Absent in a test.</param>
/// <param name="At">When it was seen.</param>
public sealed record AlertMessage(string Type, TenantName Tenant, NetworkName? Network, HealthState? Health, Alert? Alert, DateTimeOffset At);
