namespace AnomalyKit.ClusterTests;

/// <summary>Compares tables cell by cell.</summary>
internal static class TableComparison
{
    private const int BatchRows = 1 << 16;

    public static int Same(string first, string second)
    {
        using var left = TableFiles.Find(first).Open();
        using var right = TableFiles.Find(second).Open();
        string[] names = [.. left.Schema.Fields.Select(field => field.Name)];
        string[] others = [.. right.Schema.Fields.Select(field => field.Name)];
        if (!names.SequenceEqual(others))
            return Differs($"columns {string.Join(", ", names)} and {string.Join(", ", others)}");
        while (true)
        {
            long row = left.RowCount;
            var one = left.ReadBatch(BatchRows);
            var other = right.ReadBatch(one?.RowCount ?? 1);
            // Both ended, or the second gave as many rows as the first.
            if (one is null || other is null)
                return one is null && other is null ? Told($"{row} rows, the same") : Differs($"one has {row} rows and the other has more");
            if (one.RowCount != other.RowCount)
                return Differs($"one ends at row {row + Math.Min(one.RowCount, other.RowCount)} and the other goes on");
            foreach (string name in names)
            {
                if (FirstDifference(one[name], other[name]) is { } i)
                    return Differs($"row {row + i}, column {name}: {one[name].Text(i)} and {other[name].Text(i)}");
            }
        }
    }

    public static int Counts(string file, string column, long rows)
    {
        using var reader = TableFiles.Find(file).Open();
        long expected = 0;
        while (reader.ReadBatch(BatchRows) is { } batch)
        {
            var numbers = (NumberColumn)batch[column];
            for (int row = 0; row < batch.RowCount; row++, expected++)
            {
                if (numbers.Value(row) != expected)
                    return Differs($"row {expected} holds number {numbers.Text(row)}");
            }
        }

        return expected == rows ? Told($"{rows} rows, each once") : Differs($"{expected} rows instead of {rows}");
    }

    private static int? FirstDifference(TableColumn one, TableColumn other)
    {
        for (int row = 0; row < one.RowCount; row++)
        {
            bool isSame = one is NumberColumn number && other is NumberColumn second
                ? BitConverter.DoubleToInt64Bits(number.Value(row)) == BitConverter.DoubleToInt64Bits(second.Value(row))
                : one.Text(row) == other.Text(row);
            if (!isSame)
                return row;
        }

        return null;
    }

    private static int Told(string what)
    {
        Console.WriteLine(what);
        return 0;
    }

    private static int Differs(string how)
    {
        Console.Error.WriteLine(how);
        return 1;
    }
}
