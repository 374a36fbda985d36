using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor;

/// <summary>Which rows are referred to: all of them, or random subsets.</summary>
internal static class ReferenceSubsets
{
    /// <summary>The rows of each subset in ascending order; null for all rows.</summary>
    public static int[]?[] Draw(int rowCount, int? referenceRows, int subsets, ulong seed)
    {
        if (referenceRows is not { } size || size >= rowCount)
            return [null];
        var drawn = new int[subsets][];
        for (int i = 0; i < subsets; i++)
        {
            drawn[i] = new int[size];
            new CounterRandom(seed, (ulong)i).SampleWithoutReplacement(rowCount, drawn[i]);
            Array.Sort(drawn[i]);
        }

        return drawn;
    }
}
