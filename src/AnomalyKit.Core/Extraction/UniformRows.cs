using AnomalyKit.Numerics;

namespace AnomalyKit.Extraction;

/// <summary>A uniform sample of the rows of a table, by their numbers: the same for everybody who knows how many rows there are.</summary>
internal static class UniformRows
{
    // The seeds of detectors draw from streams of small numbers: this one keeps clear of them.
    private const ulong Stream = 0x73616D70_6C652121;

    public static long[] Draw(long totalRowCount, int sampleSize)
    {
        var rows = new long[(int)Math.Min(totalRowCount, sampleSize)];
        new CounterRandom(0, Stream).SampleWithoutReplacement(totalRowCount, rows);
        Array.Sort(rows);
        return rows;
    }
}
