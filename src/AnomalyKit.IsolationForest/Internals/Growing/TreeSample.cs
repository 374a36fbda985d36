using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest;

/// <summary>The cells of the rows that one tree is grown on, as the model sees them.</summary>
/// <remarks>
/// Narrow samples are copied column by column, because a tree looks at every column many times. A tree of ψ rows looks at about ψ · log₂ ψ cells, however many columns
/// there are, so cells of wide samples are fetched from the data when a split asks for them. Where splits meet so many constant columns that copying would have
/// been cheaper, the rest of the fit copies. The cells are the same either way.
/// </remarks>
internal sealed class TreeSample
{
    /// <summary>From this many columns per level of a balanced tree on, fetching cells one by one is faster (256 rows: from 63 columns on; it breaks even at about 40).</summary>
    private const int WideColumnsPerLevel = 7;

    /// <summary>A sample is copied once this many of its cells per row and level, or the share below of all, have been fetched one by one.</summary>
    private const int FetchedPerLevel = 2;

    private const int FetchedShare = 16;

    /// <summary>Work on this many rows is done without a look at the cancellation token.</summary>
    private const int CheckRows = 4096;

    private readonly FeatureMatrix _data;
    private readonly RowCopies? _copies;
    private readonly RowSubset? _subset;
    private readonly long[] _drawn;
    private readonly FeatureTransform _transform;
    private readonly ColumnScaling? _scaling;
    private readonly int _columns;
    private readonly float[] _row;
    private readonly float[] _fetched;
    private readonly long _mostFetchedCells;
    private float[]? _copied;
    private bool _isCopied;
    private long _fetchedCells;

    /// <param name="training">The rows and their scaling.</param>
    /// <param name="copies">How often each row may be drawn; null where all rows count once.</param>
    /// <param name="sampleSize">Rows per sample.</param>
    public TreeSample(TrainingSet training, RowCopies? copies, int sampleSize)
    {
        _data = training.Raw;
        _copies = copies;
        _subset = training.Subset;
        _drawn = new long[_subset is null ? 0 : sampleSize];
        _transform = training.Transform;
        _scaling = _transform as ColumnScaling;
        _columns = _transform.OutputColumns;
        _row = new float[_columns];
        _fetched = new float[sampleSize];
        Rows = new int[sampleSize];
        int levels = BitOperations.Log2((uint)sampleSize) + 1;
        _mostFetchedCells = (long)Math.Max(FetchedPerLevel * levels, _columns / FetchedShare) * sampleSize;
        // Other transforms need whole rows for every cell.
        _isCopied = _columns < WideColumnsPerLevel * levels || !(_transform.IsIdentity || _scaling is not null);
    }

    /// <summary>The sampled rows.</summary>
    public int[] Rows { get; }

    /// <summary>Draws the rows, without replacement: of rows with weights their copies. Call <see cref="Begin"/> next.</summary>
    public void Draw(ref CounterRandom random)
    {
        if (_copies is not null)
        {
            _copies.Sample(ref random, Rows);
        }
        else if (_subset is null)
        {
            random.SampleWithoutReplacement(_data.RowCount, Rows);
        }
        else
        {
            random.SampleWithoutReplacement(_subset.TotalRowCount, _drawn);
            for (int i = 0; i < Rows.Length; i++)
                Rows[i] = _subset.IndexOf(_drawn[i]);
        }
    }

    /// <summary>Starts on the rows that have been drawn.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        _fetchedCells = 0;
        if (_isCopied)
            Copy(cancellationToken);
    }

    /// <summary>The cells of one column, by position in the sample; only those of the given members are sure to be there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<float> Column(int column, ReadOnlySpan<int> members, CancellationToken cancellationToken) => _isCopied
        ? _copied.AsSpan(column * Rows.Length, Rows.Length)
        : FetchOrCopy(column, members, cancellationToken);

    private ReadOnlySpan<float> FetchOrCopy(int column, ReadOnlySpan<int> members, CancellationToken cancellationToken)
    {
        _fetchedCells += members.Length;
        if (_fetchedCells <= _mostFetchedCells)
            return Fetch(column, members);
        _isCopied = true;
        Copy(cancellationToken);
        return _copied.AsSpan(column * Rows.Length, Rows.Length);
    }

    private ReadOnlySpan<float> Fetch(int column, ReadOnlySpan<int> members)
    {
        foreach (int member in members)
            _fetched[member] = _data.Cells(Rows[member])[column];
        if (_scaling is not null)
        {
            foreach (int member in members)
                _fetched[member] = _scaling.Apply(column, _fetched[member]);
        }

        return _fetched;
    }

    private void Copy(CancellationToken cancellationToken)
    {
        _copied ??= new float[checked(_columns * Rows.Length)];

        // The rows lie anywhere in memory, and waiting for one after the other would take most of a fit: ask for all of them first.
        foreach (int sampled in Rows)
            Prefetch(_data.Cells(sampled));

        ref float cells = ref MemoryMarshal.GetArrayDataReference(_copied);
        for (int i = 0; i < Rows.Length; i++)
        {
            if (i % CheckRows == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var row = _data.Cells(Rows[i]);
            if (!_transform.IsIdentity)
            {
                _transform.Apply(row, _row);
                row = _row;
            }

            nint at = i;
            foreach (float cell in row)
            {
                Unsafe.Add(ref cells, at) = cell;
                at += Rows.Length;
            }
        }
    }

    private static unsafe void Prefetch(ReadOnlySpan<float> row)
    {
        const int CellsPerLine = 16;
        if (!Sse.IsSupported)
            return;
        // A hint about an address, not an access: it need not be pinned. The last cell has a line of its own where rows straddle lines.
        ref float first = ref MemoryMarshal.GetReference(row);
        for (int i = 0; i < row.Length; i += CellsPerLine)
            Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref first, i)));
        Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref first, row.Length - 1)));
    }
}
