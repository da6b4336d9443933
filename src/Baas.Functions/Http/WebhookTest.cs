namespace Baas.Functions.Http;

/// <summary>A test of a webhook.</summary>
/// <param name="Delivery">The id that the message will carry in <c>Baas-Delivery</c>.</param>
public sealed record WebhookTest(string Delivery);
