using Baas.Core.Networks;

namespace Baas.Core.Records;

/// <summary>The names of all records in the store, in one place.</summary>
internal static class RecordNames
{
    public const string Tenants = "records/tenants/";
    public const string ApiKeys = "records/api-keys/";
    public const string Networks = "records/networks/";
    public const string Operations = "records/operations/";

    public static string Tenant(TenantName tenant) => $"{Tenants}{tenant}.json";

    public static string NetworksOf(TenantName tenant) => $"{Networks}{tenant}/";

    public static string Network(NetworkReference network) => $"{NetworksOf(network.Tenant)}{network.Network}.json";

    public static string OperationsOf(TenantName tenant) => $"{Operations}{tenant}/";

    public static string Operation(TenantName tenant, OperationId operation) => $"{OperationsOf(tenant)}{operation}.json";

    public static string Idempotency(TenantName tenant, string keyHash) => $"records/idempotency/{tenant}/{keyHash}.json";

    public static string ApiKey(string id) => $"{ApiKeys}{id}.json";
}
