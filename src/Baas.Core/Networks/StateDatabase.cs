using System.Text.Json.Serialization;

namespace Baas.Core.Networks;

/// <summary>Where a peer keeps the world state.</summary>
public enum StateDatabase
{
    /// <summary>Inside the peer.</summary>
    [JsonStringEnumMemberName("leveldb")]
    LevelDb,

    /// <summary>In a CouchDB beside the peer, with rich queries.</summary>
    [JsonStringEnumMemberName("couchdb")]
    CouchDb,
}
