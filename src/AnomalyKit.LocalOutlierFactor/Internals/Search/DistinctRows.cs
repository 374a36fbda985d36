using System.Runtime.InteropServices;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Which rows are equal. Copies of a row have the same neighbors at the same distances: they are searched, and searched for, once.</summary>
/// <remarks>Points are numbered in the order of their first rows.</remarks>
internal sealed class DistinctRows
{
    private const int CellsPerCheck = 1 << 20;

    private DistinctRows(int[] pointOf, int[] first, int[] copies)
    {
        PointOf = pointOf;
        First = first;
        Copies = copies;
    }

    /// <summary>Each row's point.</summary>
    public int[] PointOf { get; }

    /// <summary>Each point's first row.</summary>
    public int[] First { get; }

    /// <summary>How many rows each point stands for.</summary>
    public int[] Copies { get; }

    public int Count => First.Length;

    public static DistinctRows Of(FeatureMatrix rows, CancellationToken cancellationToken)
    {
        int count = rows.RowCount;
        var pointOf = new int[count];
        var first = new List<int>(count);
        var copies = new List<int>(count);

        // An open-addressing table at most half full; entries are point + 1, so that 0 means empty.
        var hashes = new List<uint>(count);
        int slots = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, Math.Min(count, 1 << 29))) * 2;
        var table = new int[slots];
        int rowsPerCheck = Math.Max(1, CellsPerCheck / rows.ColumnCount);
        for (int row = 0; row < count; row++)
        {
            if (row % rowsPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var cells = rows.Cells(row);
            uint hash = Hash(cells);
            int slot = (int)(hash & (uint)(slots - 1));
            int point = -1;
            for (; table[slot] != 0; slot = (slot + 1) & (slots - 1))
            {
                int other = table[slot] - 1;
                if (hashes[other] == hash && rows.Cells(first[other]).SequenceEqual(cells))
                {
                    point = other;
                    break;
                }
            }

            if (point < 0)
            {
                point = first.Count;
                table[slot] = point + 1;
                first.Add(row);
                copies.Add(1);
                hashes.Add(hash);
            }
            else
            {
                CollectionsMarshal.AsSpan(copies)[point]++;
            }

            pointOf[row] = point;
        }

        return new DistinctRows(pointOf, [.. first], [.. copies]);
    }

    private static uint Hash(ReadOnlySpan<float> cells)
    {
        ulong hash = 0x9E3779B97F4A7C15;
        foreach (float cell in cells)
        {
            // Adding zero makes −0, which equals 0, the same bits.
            hash = (hash ^ BitConverter.SingleToUInt32Bits(cell + 0f)) * 0xD6E8FEB86659FD93;
            hash ^= hash >> 32;
        }

        return (uint)(hash ^ (hash >> 29));
    }
}
