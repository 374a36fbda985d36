namespace AnomalyKit.Persistence;

/// <summary>The element types of arrays in model files, by their safetensors names.</summary>
internal static class TensorType
{
    public static string NameOf(Type element) =>
        element == typeof(float) ? "F32"
        : element == typeof(double) ? "F64"
        : element == typeof(int) ? "I32"
        : element == typeof(long) ? "I64"
        : element == typeof(byte) ? "U8"
        : throw new ArgumentException($"Arrays of {element.Name} cannot be kept in a model file.", nameof(element));

    /// <summary>The bytes of an element, or 0 for a type that this library does not read.</summary>
    public static int SizeOf(string name) => name switch
    {
        "F32" or "I32" => 4,
        "F64" or "I64" => 8,
        "U8" => 1,
        _ => 0,
    };

    public static Array Allocate(string name, long length) => name switch
    {
        "F32" => GC.AllocateUninitializedArray<float>(checked((int)length)),
        "F64" => GC.AllocateUninitializedArray<double>(checked((int)length)),
        "I32" => GC.AllocateUninitializedArray<int>(checked((int)length)),
        "I64" => GC.AllocateUninitializedArray<long>(checked((int)length)),
        _ => GC.AllocateUninitializedArray<byte>(checked((int)length)),
    };
}
