namespace AnomalyKit.Serving.Protocol;

/// <summary>The datatypes of the protocol.</summary>
internal enum TensorType : byte
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>8 bits, unsigned.</summary>
    UInt8,

    /// <summary>16 bits, unsigned.</summary>
    UInt16,

    /// <summary>32 bits, unsigned.</summary>
    UInt32,

    /// <summary>64 bits, unsigned.</summary>
    UInt64,

    /// <summary>8 bits, signed.</summary>
    Int8,

    /// <summary>16 bits, signed.</summary>
    Int16,

    /// <summary>32 bits, signed.</summary>
    Int32,

    /// <summary>64 bits, signed.</summary>
    Int64,

    /// <summary>IEEE 754 binary16.</summary>
    FP16,

    /// <summary>IEEE 754 binary32.</summary>
    FP32,

    /// <summary>IEEE 754 binary64.</summary>
    FP64,

    /// <summary>A text: four bytes of length, then UTF-8.</summary>
    Bytes,
}
