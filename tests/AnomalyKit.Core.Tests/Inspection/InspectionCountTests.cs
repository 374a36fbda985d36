using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Inspection;

/// <summary>Counts and ranges are those of the whole data, taken the slow way.</summary>
public sealed class InspectionCountTests
{
    [Property(MaxTest = 60)]
    public void Counts_and_ranges_are_those_of_the_data(int seed)
    {
        var random = new System.Random(seed);
        int rows = random.Next(1, 400);
        double[] numbers = [.. Enumerable.Range(0, rows).Select(_ => random.Next(8) switch { 0 => double.NaN, 1 => -0.0, 2 => double.PositiveInfinity, _ => Math.Round(random.NextDouble() * 40, 1) - 20 })];
        long[] whole = [.. Enumerable.Range(0, rows).Select(_ => random.NextInt64(long.MaxValue - 20, long.MaxValue))];
        bool[] missing = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0)];
        string?[] words = [.. Enumerable.Range(0, rows).Select(_ => random.Next(12) is var word && word == 0 ? null : $"w{word}")];
        long[] ticks = [.. Enumerable.Range(0, rows).Select(_ => random.Next(5) == 0 ? DateTimeColumn.MissingCell : new DateTime(2024, 1, 1 + random.Next(28)).Ticks)];
        sbyte[] flags = [.. Enumerable.Range(0, rows).Select(_ => (sbyte)random.Next(-1, 2))];
        var table = new FeatureTable(
            new DoubleColumn("number", numbers), new Int64Column("whole", whole, missing), CategoryColumn.FromWords("word", words), new DateTimeColumn("date", ticks, isUtc: true), new BooleanColumn("flag", flags));

        var inspection = TableInspection.Of(table, new InspectionOptions { MaxFrequentValues = 1000 });

        Assert.Equal(rows, inspection.RowCount);
        for (int i = 0; i < table.Columns.Count; i++)
        {
            var (column, found) = (table.Columns[i], inspection.Columns[i]);
            string[] texts = [.. Enumerable.Range(0, rows).Where(row => !column.IsMissing(row)).Select(row => column.Text(row) is "-0" ? "0" : column.Text(row)!)];
            Assert.Equal(rows - texts.Length, found.MissingCount);
            Assert.Equal(texts.Distinct().Count(), found.DistinctCount);
            Assert.True(found.HasExactDistinctCount);
            var counts = texts.GroupBy(text => text).Where(group => group.Count() > 1).ToDictionary(group => group.Key, group => (long)group.Count());
            Assert.Equal(counts.OrderBy(pair => pair.Key, StringComparer.Ordinal), found.FrequentValues.ToDictionary(value => value.Text, value => value.Count).OrderBy(pair => pair.Key, StringComparer.Ordinal));
            Assert.Equal(found.FrequentValues.Select(value => value.Count).OrderDescending(), found.FrequentValues.Select(value => value.Count));
            Assert.All(found.FrequentValues, value => Assert.True(value.IsExact));
        }

        CheckNumbers(inspection.Columns[0].Numbers, [.. numbers.Where(double.IsFinite)], numbers.Count(double.IsInfinity));
        CheckNumbers(inspection.Columns[1].Numbers, [.. whole.Where((_, row) => !missing[row]).Select(cell => (double)cell)], 0);
        long[] present = [.. ticks.Where(cell => cell != DateTimeColumn.MissingCell).Order()];
        Assert.Equal(present.Length == 0 ? null : new DateTime(present[0], DateTimeKind.Utc), inspection.Columns[3].Dates?.Earliest);
        Assert.Equal(present.Length == 0 ? null : new DateTime(present[^1], DateTimeKind.Utc), inspection.Columns[3].Dates?.Latest);

        int distinct = Enumerable.Range(0, rows).Select(row => string.Join('|', table.Columns.Select(column => column.IsMissing(row) ? "missing" : column.Text(row) is "-0" ? "0" : column.Text(row)))).Distinct().Count();
        Assert.Equal(rows - distinct, inspection.DuplicateRowCount);
        Assert.True(inspection.HasExactDuplicateRowCount);
    }

    [Fact]
    public void Rows_come_from_a_reader_as_from_a_table_on_any_number_of_threads()
    {
        var table = Wide(5000, 3);
        string all = TableInspection.Of(table).ToJson();
        var source = new ObjectTable<int>().Number("n", row => row % 1000).Category("w", row => $"w{row % 7}");
        Assert.Equal(TableInspection.Of(source.Read(Enumerable.Range(0, 40_000))).ToJson(), TableInspection.Of(source.Open(Enumerable.Range(0, 40_000))).ToJson());
        Assert.Equal(all, TableInspection.Of(table, new InspectionOptions { MaxDegreeOfParallelism = 1 }).ToJson());
        Assert.Equal(all, TableInspection.Of(table, new InspectionOptions { MaxDegreeOfParallelism = 4 }).ToJson());
    }

    /// <summary>Beyond the bounds: what is said of a count holds.</summary>
    [Fact]
    public void Many_values_are_estimated_and_frequent_ones_bounded_from_below()
    {
        const int Rows = 300_000;
        var random = new System.Random(4);
        double[] numbers = [.. Enumerable.Range(0, Rows).Select(row => row % 5 == 0 ? 42.5 : random.NextDouble())];
        string[] words = [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "often" : $"word {row / 4}")];
        var table = new FeatureTable(new DoubleColumn("number", numbers), CategoryColumn.FromWords("word", words));

        var inspection = TableInspection.Of(table, new InspectionOptions { MaxDistinctValues = 1000, MaxDistinctRows = 1000 });

        foreach (var (column, texts) in new[] { (inspection.Columns[0], numbers.Select(number => $"{number:R}")), (inspection.Columns[1], words) })
        {
            int distinct = texts.Distinct().Count();
            Assert.False(column.HasExactDistinctCount);
            Assert.InRange(column.DistinctCount, 0.92 * distinct, 1.08 * distinct);
            Assert.InRange(column.DistinctCount, 0, column.PresentCount);
            var first = column.FrequentValues[0];
            int count = texts.Count(text => text == first.Text);
            Assert.Equal(texts.GroupBy(text => text).MaxBy(group => group.Count())!.Key, first.Text);
            Assert.False(first.IsExact);
            Assert.InRange(first.Count, 0.95 * count, count);
        }

        double[] sorted = [.. numbers.Order()];
        var summary = inspection.Columns[0].Numbers!;
        foreach (var (fraction, quartile) in new[] { (0.25, summary.LowerQuartile), (0.5, summary.Median), (0.75, summary.UpperQuartile) })
        {
            Assert.InRange(fraction, (double)sorted.Count(number => number < quartile) / Rows - summary.RankError, (double)sorted.Count(number => number <= quartile) / Rows + summary.RankError);
        }

        Assert.False(inspection.HasExactDuplicateRowCount);
        int rows = numbers.Zip(words).Distinct().Count();
        Assert.InRange(inspection.DuplicateRowCount, 0.8 * (Rows - rows), 1.2 * (Rows - rows));
    }

    [Fact]
    public void Values_that_rise_are_counted_exactly_however_many_there_are()
    {
        const int Rows = 20_000;
        long[] numbers = [.. Enumerable.Range(0, Rows).Select(row => 7L + (3 * row))];
        var table = new FeatureTable(
            new Int64Column("number", numbers),
            new DateTimeColumn("time", numbers.Select(number => new DateTime(2026, 1, 1).AddMinutes(number).Ticks).ToArray(), isUtc: false),
            new Int64Column("falling", Enumerable.Reverse(numbers).ToArray()));
        var columns = TableInspection.Of(table, new InspectionOptions { MaxDistinctValues = 1000 }).Columns;
        Assert.Equal([true, true, false], columns.Select(column => column.HasExactDistinctCount));
        Assert.Equal([Rows, Rows], columns.Take(2).Select(column => column.DistinctCount));
        Assert.InRange(columns[2].DistinctCount, 0.92 * Rows, Rows);
    }

    [Fact]
    public void Quartiles_mean_and_deviation_are_those_of_numpy()
    {
        // python3 -c "import numpy as np; x=np.array([(i*i*37%1009)/8-20 for i in range(2000)]); print([float(np.quantile(x,q,method='inverted_cdf')) for q in (.25,.5,.75)], x.min(), x.max(), repr(x.mean()), repr(x.std()))"
        double[] values = [.. Enumerable.Range(0, 2000).Select(i => (i * (long)i * 37 % 1009 / 8.0) - 20)];
        var numbers = TableInspection.Of(new FeatureTable(new DoubleColumn("x", values))).Columns[0].Numbers!;
        Assert.Equal(0, numbers.RankError);
        Assert.Equal([10.625, 43.125, 75.375], [numbers.LowerQuartile, numbers.Median, numbers.UpperQuartile]);
        Assert.Equal(-20.0, numbers.Minimum);
        Assert.Equal(106.0, numbers.Maximum);
        Assert.Equal(43.04125, numbers.Mean, 1e-12);
        Assert.Equal(37.49869624816974, numbers.StandardDeviation, 1e-12);
    }

    private static void CheckNumbers(NumberSummary? found, double[] values, int infinite)
    {
        if (found is null)
        {
            Assert.Empty(values);
            Assert.Equal(0, infinite);
            return;
        }

        Assert.Equal(infinite, found.InfiniteCount);
        if (values.Length == 0)
        {
            Assert.Equal(double.NaN, found.Mean);
            return;
        }

        Array.Sort(values);
        Assert.Equal(values[0], found.Minimum);
        Assert.Equal(values[^1], found.Maximum);
        Assert.Equal(values[(int)Math.Ceiling(0.25 * values.Length) - 1], found.LowerQuartile);
        Assert.Equal(values[(int)Math.Ceiling(0.5 * values.Length) - 1], found.Median);
        Assert.Equal(values[(int)Math.Ceiling(0.75 * values.Length) - 1], found.UpperQuartile);
        double mean = values.Average();
        Assert.Equal(mean, found.Mean, 1e-12 * Math.Max(1, Math.Abs(mean)));
        Assert.Equal(Math.Sqrt(values.Average(value => (value - mean) * (value - mean))), found.StandardDeviation, 1e-6 * Math.Max(1, Math.Abs(mean) * 1e-9));
    }

    private static FeatureTable Wide(int rows, int seed)
    {
        var random = new System.Random(seed);
        return new FeatureTable(Enumerable.Range(0, 12).Select(i => new DoubleColumn($"c{i}", Enumerable.Range(0, rows).Select(_ => random.NextDouble()).ToArray())));
    }
}
