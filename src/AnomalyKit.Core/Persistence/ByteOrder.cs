namespace AnomalyKit.Persistence;

/// <summary>Turns little-endian elements into big-endian ones and back, for the rare machine that needs it.</summary>
internal static class ByteOrder
{
    public static void Reverse(Span<byte> bytes, int elementSize)
    {
        for (int i = 0; i < bytes.Length; i += elementSize)
            bytes.Slice(i, elementSize).Reverse();
    }
}
