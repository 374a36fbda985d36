namespace AnomalyKit.Numerics;

/// <summary>Rounds up to whole blocks.</summary>
internal static class Blocks
{
    /// <summary>The blocks of a size that it takes to cover a number of things.</summary>
    /// <param name="count">The things, at least 0.</param>
    /// <param name="size">The things per block, at least 1; the last block may hold fewer.</param>
    public static int Count(long count, int size) => checked((int)((count + size - 1) / size));

    /// <summary>The least multiple that is no less than a value.</summary>
    public static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <inheritdoc cref="RoundUp(int, int)"/>
    public static long RoundUp(long value, int multiple) => (value + multiple - 1) / multiple * multiple;
}
