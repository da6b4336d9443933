namespace Baas.Sandbox.Cluster.Kinds;

/// <summary>The forms that a field's values can have.</summary>
internal enum FieldForm
{
    /// <summary>Anything.</summary>
    Any,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>An amount such as <c>500m</c>, or a number.</summary>
    Quantity,

    /// <summary>A whole number or a text.</summary>
    WholeOrText,

    /// <summary>A list.</summary>
    List,

    /// <summary>An object whose names are free.</summary>
    Map,

    /// <summary>An object whose names are known.</summary>
    Structure,
}
