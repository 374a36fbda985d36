using System.Buffers;

namespace AnomalyKit;

/// <summary>Walks from background rows to one explained row, group by group in random orders, and averages what each group brings.</summary>
internal ref struct GroupWalk
{
    private readonly IAnomalyDetector _detector;
    private readonly ColumnGroups _groups;
    private readonly ReadOnlySpan<float> _row;
    private readonly float _score;
    private readonly int _permutations;
    private readonly int _blockRows;
    private readonly float[] _cells;
    private readonly float[] _scores;
    private readonly int[] _orders;
    private readonly double[] _sums;
    private long _pairs;

    public GroupWalk(IAnomalyDetector detector, ColumnGroups groups, ReadOnlySpan<float> row, float score, int permutations)
    {
        _detector = detector;
        _groups = groups;
        _row = row;
        _score = score;
        _permutations = permutations;
        int steps = groups.Count - 1;
        _blockRows = Math.Clamp(steps, 1, detector.BlockRows);
        _cells = ArrayPool<float>.Shared.Rent((_blockRows + 1) * row.Length);
        _scores = ArrayPool<float>.Shared.Rent(Math.Max(steps, 1));
        _orders = ArrayPool<int>.Shared.Rent(groups.Count);
        _sums = ArrayPool<double>.Shared.Rent(3 * groups.Count);
        _sums.AsSpan(0, 3 * groups.Count).Clear();
    }

    /// <summary>Walks all orders of one background row, each there and in reverse.</summary>
    public void From(ReadOnlySpan<float> background, float backgroundScore, GroupOrder orders)
    {
        int count = _groups.Count;
        var order = _orders.AsSpan(0, count);
        var pair = _sums.AsSpan(2 * count, count);
        for (int number = 0; number < _permutations; number++)
        {
            orders.Draw(number, order);
            pair.Clear();
            Walk(background, backgroundScore, order, pair);
            order.Reverse();
            Walk(background, backgroundScore, order, pair);
            for (int g = 0; g < count; g++)
            {
                double gain = pair[g] / 2;
                _sums[g] += gain;
                _sums[count + g] += gain * gain;
            }

            _pairs++;
        }
    }

    /// <summary>The mean gains and their standard errors.</summary>
    public readonly void Means(Span<double> means, Span<double> standardErrors)
    {
        for (int g = 0; g < means.Length; g++)
            means[g] = _sums[g] / _pairs;
        for (int g = 0; g < standardErrors.Length; g++)
        {
            double variance = Math.Max(_sums[means.Length + g] - (_pairs * means[g] * means[g]), 0) / (_pairs - 1);
            standardErrors[g] = Math.Sqrt(variance / _pairs);
        }
    }

    public readonly void Dispose()
    {
        ArrayPool<float>.Shared.Return(_cells);
        ArrayPool<float>.Shared.Return(_scores);
        ArrayPool<int>.Shared.Return(_orders);
        ArrayPool<double>.Shared.Return(_sums);
    }

    /// <summary>Walks one order and adds each group's gain.</summary>
    private readonly void Walk(ReadOnlySpan<float> background, float backgroundScore, ReadOnlySpan<int> order, Span<double> gains)
    {
        int columns = _row.Length;
        int steps = order.Length - 1;
        var current = _cells.AsSpan(_blockRows * columns, columns);
        background.CopyTo(current);
        for (int start = 0; start < steps; start += _blockRows)
        {
            int taken = Math.Min(_blockRows, steps - start);
            for (int i = 0; i < taken; i++)
            {
                Move(order[start + i], current);
                current.CopyTo(_cells.AsSpan(i * columns, columns));
            }

            _detector.ScoreRows(EncodedRows.Trusted(_cells.AsSpan(0, taken * columns), columns), _scores.AsSpan(start, taken));
        }

        double before = backgroundScore;
        for (int i = 0; i < steps; i++)
        {
            gains[order[i]] += _scores[i] - before;
            before = _scores[i];
        }

        gains[order[^1]] += _score - before;
    }

    private readonly void Move(int group, Span<float> row)
    {
        var groupOf = _groups.GroupOf;
        for (int column = 0; column < row.Length; column++)
        {
            if (groupOf[column] == group)
                row[column] = _row[column];
        }
    }
}
