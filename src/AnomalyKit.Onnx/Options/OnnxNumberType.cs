namespace AnomalyKit;

/// <summary>The type of the numbers that an exported detector takes.</summary>
public enum OnnxNumberType
{
    /// <summary>float32; float64 where a column has an offset, because float32 would lose its spread.</summary>
    Automatic = 0,

    /// <summary>float32, also where it loses digits of columns with offsets.</summary>
    SinglePrecision = 1,

    /// <summary>float64.</summary>
    DoublePrecision = 2,
}
