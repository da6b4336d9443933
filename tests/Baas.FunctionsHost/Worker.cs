using System.Threading.Channels;
using Baas.FunctionsHost.Protocol;

namespace Baas.FunctionsHost;

/// <summary>A worker that has loaded its functions.</summary>
/// <param name="Http">Where it takes requests.</param>
/// <param name="Functions">The ids of its functions by name.</param>
/// <param name="Messages">What is to be sent to it.</param>
internal sealed record Worker(Uri Http, IReadOnlyDictionary<string, string> Functions, ChannelWriter<StreamingMessage> Messages);
