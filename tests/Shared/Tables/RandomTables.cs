namespace AnomalyKit.Tests.Tables;

/// <summary>Tables of all kinds of columns, with missing cells and odd values.</summary>
internal static class RandomTables
{
    private static readonly string[] Words = ["", "NA", "null", "Köln", "a,b", "\"", "\n", "😀", "x", "y", new string('w', 300)];

    /// <summary>A table of 0 to 300 rows.</summary>
    public static FeatureTable Create(int seed)
    {
        var random = new Random(seed);
        return Create(random, random.Next(301));
    }

    /// <summary>A table of so many rows.</summary>
    public static FeatureTable Create(Random random, int rows)
    {
        // Columns without and with missing cells, and all missing.
        double[] fractions = [0, 0.3, 1];
        var columns = new List<TableColumn>();
        foreach (double missing in fractions)
        {
            bool Gap() => random.NextDouble() < missing;
            string suffix = missing.ToString(System.Globalization.CultureInfo.InvariantCulture);
            columns.Add(new SingleColumn("f" + suffix, Cells(rows, () => Gap() ? float.NaN : Pick(random, float.MaxValue, -0f, float.Epsilon, float.NegativeInfinity, (float)random.NextDouble()))));
            columns.Add(new DoubleColumn("d" + suffix, Cells(rows, () => Gap() ? double.NaN : Pick(random, double.MaxValue, -1e-300, double.PositiveInfinity, random.NextDouble()))));
            bool[] marks = Cells(rows, Gap);
            columns.Add(new Int64Column(
                "i" + suffix, Cells(rows, () => Pick(random, long.MinValue, long.MaxValue, 9007199254740993, 0, random.NextInt64())), marks.Contains(true) ? marks : default(ReadOnlyMemory<bool>)));
            columns.Add(new BooleanColumn("b" + suffix, Cells(rows, () => Gap() ? (sbyte)-1 : (sbyte)random.Next(2))));
            columns.Add(CategoryColumn.FromWords("w" + suffix, Cells(rows, () => Gap() ? null : Words[random.Next(Words.Length)])));
            foreach (bool isUtc in (bool[])[true, false])
            {
                columns.Add(new DateTimeColumn($"t{suffix}{isUtc}", Cells(rows, () => Gap() ? DateTimeColumn.MissingCell : Time(random)), isUtc));
            }
        }

        return new FeatureTable(columns);
    }

    /// <summary>Fails unless two tables hold the same in the same rows.</summary>
    public static void AssertEqual(FeatureTable expected, FeatureTable actual)
    {
        Assert.Equal(expected.Schema, actual.Schema);
        Assert.Equal(expected.RowCount, actual.RowCount);
        foreach (var (one, other) in expected.Columns.Zip(actual.Columns))
        {
            Assert.Equal(one.GetType(), other.GetType());
            for (int row = 0; row < one.RowCount; row++)
            {
                if (one.Text(row) != other.Text(row))
                    Assert.Fail($"Row {row}, column '{one.Name}': {one.Text(row) ?? "missing"} became {other.Text(row) ?? "missing"}.");
            }

            if (one is DateTimeColumn times)
                Assert.Equal(times.IsUtc, ((DateTimeColumn)other).IsUtc);
        }
    }

    /// <summary>The cells of a column as text.</summary>
    public static IEnumerable<string?> Texts(TableColumn column) => [.. Enumerable.Range(0, column.RowCount).Select(column.Text)];

    // Whole microseconds, which is what files keep.
    private static long Time(Random random) => Pick(random, 0, DateTime.MaxValue.Ticks / 10 * 10, DateTime.UnixEpoch.Ticks - 10, random.NextInt64(DateTime.MaxValue.Ticks / 10) * 10);

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];

    private static T[] Cells<T>(int rows, Func<T> cell)
    {
        var cells = new T[rows];
        for (int i = 0; i < rows; i++)
            cells[i] = cell();
        return cells;
    }
}
