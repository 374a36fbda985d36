using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm.Solver;

/// <summary>Kernel rows of some points with all of them, as float32, of which the least recently used give way when the bound in bytes is reached.</summary>
/// <remarks>Only speed depends on the bound: a row that had to go is computed again, to the same bits.</remarks>
internal sealed unsafe class KernelCache
{
    /// <summary>The rows that are asked for at once; fewer where the bound is lower.</summary>
    public const int MaxRowsAtOnce = 48;

    private readonly KernelFunction _function;
    private readonly IKernelEngine _engine;
    private readonly ScaledPoints _points;
    private readonly int[] _rows;
    private readonly PointPanels _panels;
    private readonly KernelMemory _memory;
    private readonly int[] _slotOf;
    private readonly List<nint> _slots = [];
    private readonly List<int> _ownerOf = [];
    private readonly List<long> _usedAt = [];
    private readonly int _capacity;
    private readonly long _rowBytes;
    private long _clock;
    private int _hand;

    /// <param name="function">The kernel.</param>
    /// <param name="engine">What computes it.</param>
    /// <param name="points">Points, row-major.</param>
    /// <param name="rows">Which of them are the cache's.</param>
    /// <param name="panels">These, packed.</param>
    /// <param name="memory">Where rows are held; what other caches took from it is lost.</param>
    /// <param name="bytes">The bound.</param>
    public KernelCache(KernelFunction function, IKernelEngine engine, ScaledPoints points, int[] rows, PointPanels panels, KernelMemory memory, long bytes)
    {
        _function = function;
        _engine = engine;
        _points = points;
        _rows = rows;
        _panels = panels;
        _rowBytes = (long)panels.PaddedCount * sizeof(float);
        _memory = memory;
        _capacity = memory.Restart(_rowBytes, bytes, KernelEngine.TileRows, rows.Length);
        _slotOf = new int[rows.Length];
        Array.Fill(_slotOf, -1);
    }

    /// <summary>How many rows can be held at once, and so be asked for.</summary>
    public int RowsAtOnce => Math.Min(MaxRowsAtOnce, _capacity);

    /// <summary>The kernel rows of some points, computed where they are not held. They stay until the next call.</summary>
    /// <param name="indexes">At most <see cref="RowsAtOnce"/> points.</param>
    /// <param name="rows">Receives one address per point.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Get(ReadOnlySpan<int> indexes, float*[] rows, int threads, CancellationToken cancellationToken)
    {
        long asked = ++_clock;
        Span<int> missing = stackalloc int[indexes.Length];
        int missed = 0;
        foreach (int index in indexes)
        {
            int slot = _slotOf[index];
            if (slot >= 0)
                _usedAt[slot] = asked;
            else
                missing[missed++] = index;
        }

        foreach (int index in missing[..missed])
        {
            int slot = TakeSlot(asked);
            _slotOf[index] = slot;
            _ownerOf[slot] = index;
            _usedAt[slot] = asked;
        }

        if (missed > 0)
        {
            try
            {
                Compute(missing[..missed], threads, cancellationToken);
            }
            catch
            {
                foreach (int index in missing[..missed])
                {
                    _ownerOf[_slotOf[index]] = -1;
                    _slotOf[index] = -1;
                }

                throw;
            }
        }

        for (int i = 0; i < indexes.Length; i++)
            rows[i] = (float*)_slots[_slotOf[indexes[i]]];
    }

    private int TakeSlot(long asked)
    {
        if (_slots.Count < _capacity)
        {
            _slots.Add(_memory.Take());
            _ownerOf.Add(-1);
            _usedAt.Add(0);
            return _slots.Count - 1;
        }

        // The least recently used of all; a scan is nothing beside a row's worth of kernel values.
        int oldest = -1;
        for (int i = 0; i < _slots.Count; i++)
        {
            int slot = _hand + i < _slots.Count ? _hand + i : _hand + i - _slots.Count;
            if (_usedAt[slot] != asked && (oldest < 0 || _usedAt[slot] < _usedAt[oldest]))
                oldest = slot;
        }

        _hand = (oldest + 1) % _slots.Count;
        if (_ownerOf[oldest] >= 0)
            _slotOf[_ownerOf[oldest]] = -1;
        _ownerOf[oldest] = -1;
        return oldest;
    }

    private void Compute(ReadOnlySpan<int> missing, int threads, CancellationToken cancellationToken)
    {
        int columns = _points.Columns;
        int count = missing.Length;
        float[] cells = GC.AllocateUninitializedArray<float>(count * columns);
        var norms = new float[count];
        var targets = new nint[count];
        for (int i = 0; i < count; i++)
        {
            int row = _rows[missing[i]];
            _points.Row(row).CopyTo(cells.AsSpan(i * columns));
            norms[i] = _points.HalfNorms[row];
            targets[i] = _slots[_slotOf[missing[i]]];
        }

        fixed (float* pinnedCells = cells, pinnedNorms = norms)
        fixed (nint* pinnedTargets = targets)
        {
            nint rows = (nint)pinnedCells;
            nint halfNorms = (nint)pinnedNorms;
            nint addresses = (nint)pinnedTargets;
            // A block is what one row tile after the other can read from the second cache.
            const int BlockPoints = 4 * KernelEngine.ChunkPoints;
            int blocks = Blocks.Count(_panels.PaddedCount, BlockPoints);
            long work = (long)_panels.PaddedCount * count * (columns + 16);
            ParallelBlocks.For(
                blocks,
                work < Parallelism.MinWork ? 1 : threads,
                block =>
                {
                    int end = Math.Min((block + 1) * BlockPoints, _panels.PaddedCount);
                    for (int first = block * BlockPoints; first < end; first += KernelEngine.ChunkPoints)
                    {
                        int points = Math.Min(KernelEngine.ChunkPoints, end - first);
                        for (int row = 0; row < count; row += KernelEngine.TileRows)
                        {
                            _engine.Evaluate(
                                _function,
                                (float*)rows + ((long)row * columns),
                                (float*)halfNorms + row,
                                Math.Min(KernelEngine.TileRows, count - row),
                                _panels,
                                first,
                                points,
                                (float**)addresses + row,
                                0);
                        }
                    }
                },
                cancellationToken);
        }
    }
}
