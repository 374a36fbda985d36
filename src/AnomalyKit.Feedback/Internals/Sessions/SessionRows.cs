using AnomalyKit.Feedback.Features;
using AnomalyKit.Numerics;

namespace AnomalyKit.Feedback.Sessions;

/// <summary>The rows of a session with their keys, and what the base detector says of them. Everything goes by the order of the keys, so that the order of the rows does not matter.</summary>
internal sealed class SessionRows
{
    private readonly FeatureMatrix _rows;
    private readonly string[] _keys;
    private readonly Dictionary<string, int> _positions;

    public SessionRows(IAnomalyDetector detector, FeatureMatrix rows, IReadOnlyList<string>? keys, CancellationToken cancellationToken)
    {
        if (!detector.Schema.Equals(rows.Schema) && !(detector.Schema.ColumnCount == rows.ColumnCount && detector.Schema.ColumnOffsets.SequenceEqual(rows.Schema.ColumnOffsets)
            && detector.Schema.ColumnNames.SequenceEqual(rows.Schema.ColumnNames)))
        {
            throw new ArgumentException(
                $"The rows have the columns ({rows.Schema}); the detector was fitted on ({detector.Schema}). Give rows of the matrix that it was fitted on, or read with its schema.", nameof(rows));
        }

        if (rows.RowCount == 0)
            throw new ArgumentException("There are no rows to ask about.", nameof(rows));
        Base = new BaseScores(detector);
        _rows = rows;
        (_keys, _positions) = RowKeys.Check(keys, rows.RowCount);
        InKeyOrder = new int[rows.RowCount];
        for (int i = 0; i < InKeyOrder.Length; i++)
            InKeyOrder[i] = i;
        var names = (string[])_keys.Clone();
        Array.Sort(names, InKeyOrder, StringComparer.Ordinal);
        Scores = new float[rows.RowCount];
        if ((long)rows.RowCount * Base.MemberCount > Array.MaxLength)
            throw new ArgumentException($"{rows.RowCount} rows and {Base.MemberCount} members are more scores than memory can hold in one piece. Give fewer rows.", nameof(rows));
        Members = new float[rows.RowCount * Base.MemberCount];
        int block = Base.BlockRows;
        ParallelBlocks.For(Blocks.Count(rows.RowCount, block), -1, at => Read(at * block, Math.Min(block, rows.RowCount - (at * block))), cancellationToken);
    }

    public BaseScores Base { get; }

    /// <summary>What the base detector is recognised by: found once, since it takes as long as saving the detector.</summary>
    public string BaseFingerprint => field ??= DetectorFingerprint.Of(Base.Detector);

    public FeatureMatrix Matrix => _rows;

    public int Count => _rows.RowCount;

    /// <summary>Positions of rows, ascending by key.</summary>
    public int[] InKeyOrder { get; }

    /// <summary>The base detector's score of each row.</summary>
    public float[] Scores { get; }

    /// <summary>The members' values, row after row.</summary>
    public float[] Members { get; }

    public string KeyOf(int position) => _keys[position];

    public bool TryFind(string key, out int position) => _positions.TryGetValue(key, out position);

    public double Prior(RowSpace space, int position) => space.Prior.Of(Scores[position]);

    public void Features(RowSpace space, int position, Span<float> features) =>
        space.Apply(_rows.Cells(position), Members.AsSpan(position * Base.MemberCount, Base.MemberCount), features);

    /// <summary>The fraction of the rows that the base detector flags.</summary>
    public double FlaggedFraction()
    {
        double threshold = Base.Detector.Threshold;
        return (double)Scores.Count(score => score > threshold) / Count;
    }

    private void Read(int start, int count)
    {
        for (int done = 0; done < count;)
        {
            var cells = _rows.ContiguousCells(start + done, count - done);
            int taken = cells.Length / _rows.ColumnCount;
            int at = start + done;
            Base.Read(
                EncodedRows.Check(cells, Base.Detector.Schema, at), Scores.AsSpan(at, taken), Members.AsSpan(at * Base.MemberCount, taken * Base.MemberCount));
            done += taken;
        }
    }
}
