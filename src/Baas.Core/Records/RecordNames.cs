using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>The names of all records in the store, in one place.</summary>
internal static class RecordNames
{
    public const string Tenants = "records/tenants/";
    public const string ApiKeys = "records/api-keys/";
    public const string Networks = "records/networks/";
    public const string Health = "records/health/";
    public const string HealthEventsFolder = "records/health-events/";
    public const string HealthSettingsFolder = "records/health-settings/";
    public const string Webhooks = "records/webhooks/";
    public const string Deliveries = "records/deliveries/";
    public const string Operations = "records/operations/";
    public const string IdempotencyKeys = "records/idempotency/";

    public static string Tenant(TenantName tenant) => $"{Tenants}{tenant}.json";

    public static string NetworksOf(TenantName tenant) => $"{Networks}{tenant}/";

    public static string Network(NetworkReference network) => $"{NetworksOf(network.Tenant)}{network.Network}.json";

    public static string OperationsOf(TenantName tenant) => $"{Operations}{tenant}/";

    public static string Operation(TenantName tenant, OperationId operation) => $"{OperationsOf(tenant)}{operation}.json";

    public static string Idempotency(TenantName tenant, string keyHash) => $"{IdempotencyKeys}{tenant}/{keyHash}.json";

    public static string HealthOf(TenantName tenant) => $"{Health}{tenant}/";

    public static string HealthOfNetwork(NetworkReference network) => $"{HealthOf(network.Tenant)}{network.Network}.json";

    public static string HealthEvents(NetworkReference network) => $"{HealthEventsFolder}{network.Tenant}/{network.Network}.json";

    public static string HealthSettings(NetworkReference network) => $"{HealthSettingsFolder}{network.Tenant}/{network.Network}.json";

    public static string Webhook(TenantName tenant) => $"{Webhooks}{tenant}.json";

    public static string DeliveriesOf(TenantName tenant) => $"{Deliveries}{tenant}/";

    public static string Delivery(TenantName tenant, string id) => $"{DeliveriesOf(tenant)}{id}.json";

    public static string ApiKey(string id) => $"{ApiKeys}{id}.json";
}
