namespace AnomalyKit.Dashboard.Tables;

/// <summary>Which rows are shown, and in which order.</summary>
internal sealed record RowQuery
{
    public const string Score = "\u0001score";
    public const string Row = "\u0001row";
    private const int RowsBetweenLooks = 4096;

    /// <summary><see cref="Score"/>, <see cref="Row"/> or the name of a column.</summary>
    public string Sort { get; init; } = Score;

    public bool IsDescending { get; init; } = true;

    public bool AlertsOnly { get; init; }

    /// <summary>A text that a cell of the row contains, in any case; empty for all rows.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>The rows that fit, in order. Missing cells come last in either direction, equal ones by row.</summary>
    public int[] Find(ScoredRows rows, CancellationToken cancellationToken)
    {
        var found = new List<int>();
        for (int row = 0; row < rows.Count; row++)
        {
            if (row % RowsBetweenLooks == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if ((!AlertsOnly || rows.IsAlert(row)) && Contains(rows.Table, row))
                found.Add(row);
        }

        int[] order = [.. found];
        cancellationToken.ThrowIfCancellationRequested();
        switch (Sort)
        {
            case Row:
                if (IsDescending)
                    Array.Reverse(order);
                break;
            case Score:
                Order(order, Array.ConvertAll(order, row => (double)rows.Scores[row]), double.IsNaN, (a, b) => a.CompareTo(b));
                break;
            case var name when rows.Table[name] is NumberColumn numbers:
                Order(order, Array.ConvertAll(order, numbers.Value), double.IsNaN, (a, b) => a.CompareTo(b));
                break;
            case var name:
                var column = rows.Table[name];
                Order(order, Array.ConvertAll(order, column.Text), word => word is null, string.CompareOrdinal);
                break;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return order;
    }

    private bool Contains(FeatureTable table, int row)
    {
        if (Text.Length == 0)
            return true;
        foreach (var column in table.Columns)
        {
            if (column.Text(row)?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true)
                return true;
        }

        return false;
    }

    private void Order<T>(int[] rows, T[] values, Func<T, bool> isMissing, Comparison<T> compare)
    {
        int sign = IsDescending ? -1 : 1;
        var pairs = rows.Select((row, i) => (row, value: values[i])).ToArray();
        Array.Sort(pairs, (a, b) =>
        {
            bool isFirstMissing = isMissing(a.value), isSecondMissing = isMissing(b.value);
            int order = isFirstMissing || isSecondMissing ? isFirstMissing.CompareTo(isSecondMissing) : sign * compare(a.value, b.value);
            return order != 0 ? order : a.row.CompareTo(b.row);
        });
        for (int i = 0; i < rows.Length; i++)
            rows[i] = pairs[i].row;
    }
}
