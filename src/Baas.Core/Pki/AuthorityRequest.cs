using Baas.Core.Networks;

namespace Baas.Core.Pki;

/// <summary>A certificate authority to be made.</summary>
/// <param name="CommonName">Its name, at most 64 characters.</param>
/// <param name="Organization">Whose it is, at most 64 characters.</param>
/// <param name="Algorithm">The kind of its key.</param>
/// <param name="Validity">How long it is valid; less when its issuer's time ends sooner.</param>
internal sealed record AuthorityRequest(string CommonName, string Organization, KeyAlgorithm Algorithm, TimeSpan Validity);
