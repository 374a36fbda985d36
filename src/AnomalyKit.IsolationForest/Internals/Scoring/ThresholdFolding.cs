namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Moves a column's scaling into the thresholds of its splits, so that rows are scored as they come.</summary>
internal static class ThresholdFolding
{
    /// <summary>
    /// The least float32 x with scaled(x) ≥ threshold. Scaling rounds but never decreases within a column, so "x below the result" is the same
    /// as "scaled(x) below the threshold" for every x: the leaves are identical by construction.
    /// </summary>
    public static float Fold(ColumnScaling scaling, int column, float threshold)
    {
        // Bisection over the 2³² ordered bit patterns of the finite floats: at most 32 steps.
        long low = ToOrdinal(-float.MaxValue);
        long high = ToOrdinal(float.MaxValue) + 1;
        while (low < high)
        {
            long middle = (low + high) >> 1;
            if (scaling.Apply(column, FromOrdinal(middle)) >= threshold)
                high = middle;
            else
                low = middle + 1;
        }

        return low > ToOrdinal(float.MaxValue) ? float.PositiveInfinity : FromOrdinal(low);
    }

    private static long ToOrdinal(float value)
    {
        int bits = BitConverter.SingleToInt32Bits(value);
        return bits >= 0 ? bits : -(long)(bits & 0x7FFFFFFF);
    }

    private static float FromOrdinal(long ordinal) => ordinal >= 0
        ? BitConverter.Int32BitsToSingle((int)ordinal)
        : -BitConverter.Int32BitsToSingle((int)-ordinal);
}
