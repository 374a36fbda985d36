namespace AnomalyKit;

/// <summary>What the elements of an input or output are.</summary>
public enum OnnxElementType
{
    /// <summary>float32.</summary>
    SinglePrecision = 0,

    /// <summary>float64.</summary>
    DoublePrecision = 1,

    /// <summary>Signed integers of 64 bits.</summary>
    WholeNumber = 2,

    /// <summary>Strings.</summary>
    Text = 3,

    /// <summary>True or false.</summary>
    Boolean = 4,
}
