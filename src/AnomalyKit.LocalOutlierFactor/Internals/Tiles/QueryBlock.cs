using System.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Tiles;

/// <summary>Rows whose neighbors are looked for together, with what was found so far. All memory is the caller's.</summary>
/// <remarks>
/// A row's candidates are kept unsorted, as keys of fold and position, until their room is used up; then the k-th smallest fold becomes the row's bound and what lies
/// beyond it is dropped. Folds are float32 and the bound is widened by what rounding may do, so that no true neighbor is ever dropped.
/// </remarks>
internal unsafe struct QueryBlock
{
    /// <summary>The number of rows.</summary>
    public int Count;

    /// <summary>The number of rows that <see cref="Bounds"/> and <see cref="Columns"/> have room for: a multiple of 16. Bounds of rows that do not exist are −1.</summary>
    public int Padded;

    public int Dimensions;

    /// <summary>After this many dimensions a kernel looks whether any pair is left.</summary>
    public int HeadDimensions;

    public int BoxDimensions;

    /// <summary>The number of neighbors wanted, k.</summary>
    public int Neighbors;

    /// <summary>The candidates that a row has room for: at least 64 more than neighbors.</summary>
    public int Capacity;

    /// <summary>Cells of a padded row.</summary>
    public int RowStride;

    /// <summary>The rows in the filter's coordinates, row by row.</summary>
    public float* Queries;

    /// <summary>Their first coordinates, dimension by dimension.</summary>
    public float* Columns;

    /// <summary>The rows as they are, padded.</summary>
    public float* Rows;

    /// <summary>No neighbor's fold exceeds it.</summary>
    public float* Bounds;

    /// <summary>What rounding of coordinates may change distances by.</summary>
    public double* Slacks;

    public int* Counts;

    /// <summary>The parent whose leaves were scanned first.</summary>
    public int* Homes;

    public ulong* Candidates;

    /// <summary>Room for the folds of one row's candidates.</summary>
    public double* Folds;

    /// <summary>Room for the keys of one row's candidates.</summary>
    public ulong* Keys;

    /// <summary>Pairs of rows and parents whose leaves were tested.</summary>
    public long TestedParents;

    /// <summary>Pairs of rows and leaves that were measured.</summary>
    public long ScannedLeaves;

    /// <summary>Room for the parents in the order of their visit.</summary>
    public ulong* Parents;

    /// <summary>Room for the rows in the order of their homes.</summary>
    public ulong* Order;

    /// <summary>Room for the rows that a parent cannot be ruled out for.</summary>
    public int* List;

    /// <summary>The same for each of its leaves.</summary>
    public int* LeafLists;

    /// <summary>Entries of each such list.</summary>
    public int ListStride;

    /// <summary>The points as they are.</summary>
    public float* Points;

    /// <summary>The points' numbers, which decide between equal distances.</summary>
    public int* Ids;

    public double Scale;

    public double Widening;

    /// <summary>Drops what cannot be a neighbor of a row; returns how many candidates are left.</summary>
    public delegate*<QueryBlock*, int, int, int> Prune;

    /// <summary>Adds points of a leaf to a row's candidates.</summary>
    public void Append(int row, uint mask, float* folds, int first)
    {
        int count = Counts[row];
        ulong* slots = Candidates + ((long)row * Capacity);
        do
        {
            int point = BitOperations.TrailingZeroCount(mask);
            slots[count++] = ((ulong)BitConverter.SingleToUInt32Bits(folds[point]) << 32) | (uint)(first + point);
            mask &= mask - 1;
        }
        while (mask != 0);
        if (count > Capacity - TreeShape.LeafPoints)
        {
            fixed (QueryBlock* self = &this)
                count = Prune(self, row, count);
        }

        Counts[row] = count;
    }
}
