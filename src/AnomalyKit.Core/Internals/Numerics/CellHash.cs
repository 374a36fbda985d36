namespace AnomalyKit.Numerics;

/// <summary>64-bit hashes of cells, the same on every machine.</summary>
internal static class CellHash
{
    /// <summary>The hash of a missing cell.</summary>
    public const ulong Missing = 0x9E3779B97F4A7C15;

    /// <summary>Spreads bits (the finalizer of D. Stafford, variant 13, as in SplitMix64).</summary>
    public static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>The hash of a word (FNV-1a over its UTF-16 units, then mixed).</summary>
    public static ulong Of(string word)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (char unit in word)
            hash = (hash ^ unit) * 0x100000001B3;
        return Mix(hash ^ (ulong)word.Length);
    }
}
