namespace Baas.Sandbox.Cluster.Objects;

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Where: <c>spec.ports[0].port</c>.</param>
/// <param name="Reason">Kubernetes' word: <c>FieldValueInvalid</c>.</param>
/// <param name="Message">What to show.</param>
internal sealed record FieldFault(string Field, string Reason, string Message)
{
    public static FieldFault Invalid(string field, string? value, string cause) => new(field, "FieldValueInvalid", $"Invalid value: \"{value}\": {cause}");

    public static FieldFault Required(string field, string cause = "") => new(field, "FieldValueRequired", cause.Length == 0 ? "Required value" : $"Required value: {cause}");

    public static FieldFault Forbidden(string field, string cause) => new(field, "FieldValueForbidden", $"Forbidden: {cause}");

    public static FieldFault NotSupported(string field, string? value, params string[] supported) =>
        new(field, "FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(one => $"\"{one}\""))}");
}
