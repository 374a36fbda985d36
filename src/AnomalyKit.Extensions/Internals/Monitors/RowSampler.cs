namespace AnomalyKit.Serving.Monitors;

/// <summary>Keeps every n-th row of all that are scored until somebody takes them, in bounded memory.</summary>
internal sealed class RowSampler(TableSchema schema, int every)
{
    private const int Capacity = 1024;

    private readonly Lock _lock = new();
    private readonly int _columns = schema.ColumnCount;
    private double[] _values = [];
    private float[] _scores = [];
    private int _kept;
    private int _keptValues;
    private List<(FeatureTable Rows, float[] Scores)> _tables = [];
    private long _seen;

    /// <summary>All rows that were scored, sampled or not.</summary>
    public long SeenRows => Interlocked.Read(ref _seen);

    public long SampledRows { get; private set; }

    public long SkippedRows { get; private set; }

    public void Offer(ReadOnlySpan<double> values, ReadOnlySpan<float> scores)
    {
        int first = First(scores.Length);
        if (first >= scores.Length)
            return;
        lock (_lock)
        {
            if (_values.Length == 0)
                (_values, _scores) = (new double[Capacity * _columns], new float[Capacity]);
            for (int row = first; row < scores.Length; row += every)
            {
                if (_kept == Capacity)
                {
                    SkippedRows++;
                    continue;
                }

                values.Slice(row * _columns, _columns).CopyTo(_values.AsSpan(_keptValues * _columns));
                _scores[_keptValues++] = scores[row];
                _kept++;
                SampledRows++;
            }
        }
    }

    public void Offer(FeatureTable rows, ReadOnlySpan<float> scores)
    {
        var picked = Pick(rows, scores, pickedBefore: 0);
        if (picked.Rows is null && picked.Skipped == 0)
            return;
        lock (_lock)
        {
            SkippedRows += picked.Skipped;
            Keep(picked);
        }
    }

    /// <summary>Samples rows that <see cref="Keep(List{SampledRows}, long)"/> takes later, or nobody.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="pickedBefore">How many others wait to be kept together with these.</param>
    public SampledRows Pick(FeatureTable rows, ReadOnlySpan<float> scores, int pickedBefore)
    {
        int first = First(scores.Length);
        if (first >= scores.Length)
            return default;
        int wanted = 1 + ((scores.Length - 1 - first) / every);
        int taken = Math.Clamp(Capacity - Volatile.Read(ref _kept) - pickedBefore, 0, wanted);
        if (taken == 0)
            return new SampledRows(null, [], wanted);
        var picked = new int[taken];
        var kept = new float[taken];
        for (int i = 0; i < taken; i++)
        {
            picked[i] = first + (i * every);
            kept[i] = scores[picked[i]];
        }

        return new SampledRows(rows.SelectRows(picked), kept, wanted - taken);
    }

    /// <summary>Takes what was sampled of a request, as far as there is room by now.</summary>
    public void Keep(List<SampledRows>? picked, long skipped)
    {
        lock (_lock)
        {
            SkippedRows += skipped;
            foreach (var part in picked ?? [])
                Keep(part);
        }
    }

    /// <summary>Gives away what was kept, as tables.</summary>
    public IReadOnlyList<(FeatureTable Rows, float[] Scores)> Take()
    {
        lock (_lock)
        {
            var taken = _tables;
            if (_keptValues > 0)
                taken.Add((Table(_keptValues), _scores.AsSpan(0, _keptValues).ToArray()));
            (_tables, _kept, _keptValues) = ([], 0, 0);
            return taken;
        }
    }

    private void Keep(in SampledRows part)
    {
        if (part.Rows is not { } rows)
            return;
        int taken = Math.Min(rows.RowCount, Capacity - _kept);
        SkippedRows += rows.RowCount - taken;
        if (taken == 0)
            return;
        _tables.Add(taken == rows.RowCount ? (rows, part.Scores) : (rows.Slice(0, taken), part.Scores[..taken]));
        _kept += taken;
        SampledRows += taken;
    }

    /// <summary>The first row of a batch that is an n-th one.</summary>
    private int First(int rows)
    {
        long start = Interlocked.Add(ref _seen, rows) - rows;
        return (int)Math.Min((every - (start % every)) % every, int.MaxValue);
    }

    private FeatureTable Table(int rows) => new(schema.Fields.Select((field, column) =>
    {
        var cells = new double[rows];
        for (int row = 0; row < rows; row++)
            cells[row] = _values[(row * _columns) + column];
        return new DoubleColumn(field.Name, cells);
    }));
}
