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
        // Batches end where row groups do, and those are others in either file.
        FeatureTable? one = null, other = null;
        for (long row = 0; ;)
        {
            one ??= left.ReadBatch(BatchRows);
            other ??= right.ReadBatch(BatchRows);
            if (one is null || other is null)
                return one is null && other is null ? Told($"{row} rows, the same") : Differs($"one ends at row {row} and the other goes on");
            int count = Math.Min(one.RowCount, other.RowCount);
            foreach (string name in names)
            {
                if (FirstDifference(one[name], other[name], count) is { } i)
                    return Differs($"row {row + i}, column {name}: {one[name].Text(i)} and {other[name].Text(i)}");
            }

            row += count;
            one = Rest(one, count);
            other = Rest(other, count);
        }
    }

    private static FeatureTable? Rest(FeatureTable batch, int start) => start == batch.RowCount ? null : batch.Slice(start, batch.RowCount - start);

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

    private static int? FirstDifference(TableColumn one, TableColumn other, int count)
    {
        for (int row = 0; row < count; row++)
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
