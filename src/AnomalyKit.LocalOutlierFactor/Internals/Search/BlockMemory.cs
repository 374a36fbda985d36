using AnomalyKit.LocalOutlierFactor.Tiles;
using AnomalyKit.Numerics;

namespace AnomalyKit.LocalOutlierFactor.Search;

/// <summary>Lays a query block's arrays out in one piece of memory.</summary>
internal static unsafe class BlockMemory
{
    private const int Alignment = 64;
    private const int VectorRows = 16;

    /// <summary>The most room that the candidates of a block may take.</summary>
    private const int CandidateBytes = 2 << 20;

    private const int MaxRows = 2048;

    /// <summary>The most room that candidates and coordinates of a block may take.</summary>
    private const long MaxBytes = 1L << 30;

    /// <summary>The most coordinates.</summary>
    private const int CoordinateCells = 1 << 20;

    /// <summary>The candidates a row has room for.</summary>
    public static int Capacity(int neighbors) => neighbors + Math.Max(3 * TreeShape.LeafPoints, neighbors / 2);

    /// <summary>The rows of a block whose candidates stay in the second-level cache; where neighbors or columns are millions, those that one array can hold.</summary>
    public static int Rows(int neighbors, int columns)
    {
        long candidates = sizeof(ulong) * (long)Capacity(neighbors);
        int rows = (int)Math.Clamp(
            Math.Min(CandidateBytes / candidates, CoordinateCells / columns) / TreeShape.LeafPoints * TreeShape.LeafPoints,
            TreeShape.LeafPoints,
            MaxRows);
        return (int)Math.Clamp(MaxBytes / (candidates + (2L * sizeof(float) * columns)), 1, rows);
    }

    /// <summary>The bytes that <see cref="Lay"/> needs.</summary>
    public static long Bytes(PointStore store, int rows, int neighbors)
    {
        var block = default(QueryBlock);
        return Lay(ref block, null, store, rows, neighbors) + Alignment;
    }

    /// <summary>Sets the block's sizes and addresses. Returns the bytes used.</summary>
    public static long Lay(ref QueryBlock block, byte* memory, PointStore store, int rows, int neighbors)
    {
        block.Count = rows;
        block.Padded = Blocks.RoundUp(rows, VectorRows);
        block.Dimensions = store.Columns;
        block.HeadDimensions = Head(store.Columns);
        block.BoxDimensions = store.BoxDimensions;
        block.Neighbors = neighbors;
        block.Capacity = Capacity(neighbors);
        block.RowStride = store.RowStride;
        block.Points = store.Rows;
        block.Ids = store.IdAddress;
        block.Scale = store.Space.Scale;
        block.Widening = store.Space.Widening;
        byte* at = (byte*)((nuint)(memory + Alignment - 1) / Alignment * Alignment);
        byte* begin = at;
        block.Queries = (float*)Take(ref at, (long)rows * store.Columns * sizeof(float));
        block.Columns = (float*)Take(ref at, (long)block.Padded * store.BoxDimensions * sizeof(float));
        block.Rows = (float*)Take(ref at, (long)rows * store.RowStride * sizeof(float));
        block.Bounds = (float*)Take(ref at, (long)block.Padded * sizeof(float));
        block.Slacks = (double*)Take(ref at, (long)rows * sizeof(double));
        block.Counts = (int*)Take(ref at, (long)rows * sizeof(int));
        block.Homes = (int*)Take(ref at, (long)rows * sizeof(int));
        block.Candidates = (ulong*)Take(ref at, (long)rows * block.Capacity * sizeof(ulong));
        block.Folds = (double*)Take(ref at, (long)block.Capacity * sizeof(double));
        block.Keys = (ulong*)Take(ref at, (long)block.Capacity * sizeof(ulong));
        block.Parents = (ulong*)Take(ref at, (long)store.ParentCount * sizeof(ulong));
        block.Order = (ulong*)Take(ref at, (long)rows * sizeof(ulong));
        block.ListStride = block.Padded + VectorRows;
        block.List = (int*)Take(ref at, (long)block.ListStride * sizeof(int));
        block.LeafLists = (int*)Take(ref at, (long)block.ListStride * TreeShape.ParentLeaves * sizeof(int));
        return at - begin;
    }

    /// <summary>Few dimensions are measured at a stretch; of many a half first, by which most pairs are out of bounds.</summary>
    private static int Head(int dimensions) => dimensions < 16 ? dimensions : dimensions / 2;

    private static byte* Take(ref byte* at, long bytes)
    {
        byte* taken = at;
        at += Blocks.RoundUp(bytes, Alignment);
        return taken;
    }
}
