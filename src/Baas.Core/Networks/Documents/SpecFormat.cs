namespace Baas.Core.Networks.Documents;

/// <summary>How a specification is written.</summary>
public enum SpecFormat
{
    /// <summary>JSON (RFC 8259).</summary>
    Json,

    /// <summary>YAML 1.2: one document, the core schema's scalars, no anchors, aliases or tags.</summary>
    Yaml,
}
