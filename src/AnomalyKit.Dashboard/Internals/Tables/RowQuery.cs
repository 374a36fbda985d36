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
                Order(order, Array.ConvertAll(order, row => (double)rows.Scores[row]));
                break;
            case var name when rows.Table[name] is NumberColumn numbers:
                Order(order, Array.ConvertAll(order, numbers.Value));
                break;
            case var name:
                var column = rows.Table[name];
                Order(order, Array.ConvertAll(order, column.Text));
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

    private void Order(int[] rows, double[] values)
    {
        int sign = IsDescending ? -1 : 1;
        var pairs = rows.Select((row, i) => (row, value: values[i])).ToArray();
        Array.Sort(pairs, (a, b) =>
        {
            bool isMissing = double.IsNaN(a.value);
            int order = isMissing || double.IsNaN(b.value) ? isMissing.CompareTo(double.IsNaN(b.value)) : sign * a.value.CompareTo(b.value);
            return order != 0 ? order : a.row.CompareTo(b.row);
        });
        for (int i = 0; i < rows.Length; i++)
            rows[i] = pairs[i].row;
    }

    private void Order(int[] rows, string?[] values)
    {
        int sign = IsDescending ? -1 : 1;
        var pairs = rows.Select((row, i) => (row, value: values[i])).ToArray();
        Array.Sort(pairs, (a, b) =>
        {
            int order = a.value is null || b.value is null ? (a.value is null).CompareTo(b.value is null) : sign * string.CompareOrdinal(a.value, b.value);
            return order != 0 ? order : a.row.CompareTo(b.row);
        });
        for (int i = 0; i < rows.Length; i++)
            rows[i] = pairs[i].row;
    }
}
