using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>Why a row has its score: contributions that add up, that point towards anomaly, and that depend on nothing but the row.</summary>
/// <remarks>A detector without a method of its own is explained by sampling, with some training rows as the background.</remarks>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class AttributionContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private const int Rows = 40;

    // Scores that are differences of sums near 1 can cancel down to the rounding of those sums, which kernels take in float.
    private const double Rounding = 1e-9;

    [Theory]
    [EveryDetector(Over.Shapes)]
    public void Baseline_and_contributions_add_up_to_what_is_explained(string detector, string shape)
    {
        var data = DataShape.Named(shape);
        foreach (var scaling in data.KindsToTry)
        {
            var fitted = Fitted(detector, data, scaling).Detector;
            var attributor = AttributorOf(fitted, data);
            var probes = data.Probes(attributor is SamplingAttributor ? 3 : Rows);
            var batch = Attribute(attributor, probes);
            float[] scores = fitted.Score(probes);
            for (int row = 0; row < probes.RowCount; row++)
            {
                double sum = batch.Baselines[row];
                double size = Math.Max(Math.Abs(batch.Baselines[row]), Math.Abs(batch.Explained[row]));
                double all = 0;
                foreach (double contribution in batch.Contributions.AsSpan(row * data.Columns, data.Columns))
                {
                    if (!double.IsFinite(contribution))
                        Assert.Fail($"{scaling}: row {row} has the contribution {contribution}.");
                    sum += contribution;
                    all += Math.Abs(contribution);
                }

                double explained = batch.Explained[row];
                // The messages take longer than the sums: they are written where they are needed.
                if (!(Math.Abs(sum - explained) <= (1e-5 * size) + (1e-9 * all) + Rounding))
                    Assert.Fail($"{scaling}: row {row} adds up to {sum:R}; {attributor.Info.ExplainedValue} is {explained:R}.");
                double score = attributor.ScoreOf(explained);
                double span = Math.Max(Math.Abs(scores[row]), Math.Abs(attributor.ScoreOf(batch.Baselines[row])));
                if (scores[row] != (float)score && !(Math.Abs(scores[row] - score) <= (1e-5 * span) + Rounding))
                    Assert.Fail($"{scaling}: row {row} scores {scores[row]:R}; what is explained, {explained:R}, belongs to {score:R}.");
            }
        }
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void A_row_is_explained_alike_alone_among_others_and_on_any_number_of_threads(string detector, string scaling)
    {
        var data = DataShape.Usual;
        var attributor = AttributorOf(Fitted(detector, data, Scalings.All[scaling]).Detector, data);
        var probes = data.Probes(attributor is SamplingAttributor ? 7 : 300);
        var expected = Attribute(attributor, probes);
        foreach (int threads in (int[])[1, 2, 5])
            AssertSame(expected, Attribute(attributor, probes, new AttributionOptions { MaxDegreeOfParallelism = threads }), $"{threads} threads");
        for (int row = 0; row < 7; row++)
        {
            var alone = Attribute(attributor, probes.Slice(row, 1));
            Assert.Equal(expected.Contributions[(row * data.Columns)..((row + 1) * data.Columns)], alone.Contributions);
            Assert.Equal(expected.Explained[row], alone.Explained[0]);
        }
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void A_saved_detector_explains_as_before(string detector, string scaling)
    {
        var data = DataShape.Usual;
        var fitted = Fitted(detector, data, Scalings.All[scaling]).Detector;
        var probes = data.Probes(3);
        AssertSame(Attribute(AttributorOf(fitted, data), probes), Attribute(AttributorOf(Loaded(Saved(fitted)), data), probes), "Loaded");
    }

    [Theory]
    [EveryDetector]
    public void A_value_far_out_is_the_reason(string detector)
    {
        var data = DataShape.Normal(1000, 6);
        var fitted = Fitted(detector, data, FeatureScaling.None).Detector;
        var options = Background(data);
        for (int column = 0; column < data.Columns; column++)
        {
            var row = new float[data.Columns];
            row[column] = column % 2 == 0 ? 25 : -25;
            var attribution = fitted.Attribute(row, options);
            Assert.True(attribution.Contributions[column] > 0, $"Column {column} has the contribution {attribution.Contributions[column]}.");
            Assert.Equal(column, attribution.Top(1).Single().Index);
            Assert.Equal(fitted.Score(row), attribution.Score);
        }
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void Cells_that_are_found_are_in_order_with_one_expected_value_each(string detector, string scaling)
    {
        var data = DataShape.Usual;
        var attributor = AttributorOf(Fitted(detector, data, Scalings.All[scaling]).Detector, data);
        float[] cells = data.Cells(16, stream: 1);
        for (int row = 0; row < 16; row++)
        {
            float[] own = cells[(row * data.Columns)..((row + 1) * data.Columns)];
            own[row % data.Columns] += 1000;
            var found = attributor.FindCells(EncodedRows.Check(own, attributor.Schema));
            var again = attributor.FindCells(EncodedRows.Check(own, attributor.Schema));
            Assert.Equal(found.Count, found.Select(cell => cell.Index).Distinct().Count());
            Assert.Equal(found.OrderByDescending(cell => cell.Deviation), found);
            Assert.Equal(found.Select(cell => (cell.Index, cell.Deviation)), again.Select(cell => (cell.Index, cell.Deviation)));
            foreach (var cell in found)
            {
                Assert.InRange(cell.Index, 0, data.Columns - 1);
                Assert.InRange(cell.Expected.Length, 0, 1);
                Assert.All(cell.Expected.ToArray(), value => Assert.True(double.IsFinite(value)));
            }
        }
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void A_column_that_never_varies_contributes_nothing(string detector, string scaling)
    {
        var data = DataShape.Named("256 × 9 with constant columns");
        var attributor = AttributorOf(Fitted(detector, data, Scalings.All[scaling]).Detector, data);
        var batch = Attribute(attributor, data.Probes(3));
        for (int cell = 0; cell < batch.Contributions.Length; cell++)
        {
            if (cell % data.Columns % 2 == 1)
                Assert.Equal(0, batch.Contributions[cell]);
        }
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void Groups_of_columns_get_one_contribution_each(string detector, string scaling)
    {
        var data = DataShape.Usual;
        var fitted = Fitted(detector, data, Scalings.All[scaling]).Detector;
        var probes = data.Probes(5);
        var all = new ColumnGroups([0, 0, 0, 0, 0], ["everything"]);
        var batch = Attribute(AttributorOf(fitted, data, all), probes);
        Assert.Equal(5, batch.Contributions.Length);
        for (int row = 0; row < 5; row++)
        {
            double gain = batch.Explained[row] - batch.Baselines[row];
            Assert.Equal(gain, batch.Contributions[row], 1e-5 * Math.Max(Math.Abs(batch.Explained[row]), Math.Abs(batch.Baselines[row])));
        }

        var pairs = new ColumnGroups([1, 0, 1, 2, 0], ["b", "a", "c"]);
        var grouped = fitted.Attribute(probes, 2, Background(data) with { Groups = pairs });
        Assert.Equal(3, grouped.Contributions.Length);
        Assert.Equal(pairs, grouped.Groups);
        Assert.Equal(grouped.Explained - grouped.Baseline, Sum(grouped.Contributions), 1e-5 * Math.Max(Math.Abs(grouped.Explained), Math.Abs(grouped.Baseline)));
    }

    [Theory]
    [EveryDetector]
    public void All_forms_say_the_same(string detector)
    {
        var data = DataShape.Usual;
        var fitted = Fitted(detector, data, FeatureScaling.None).Detector;
        var options = Background(data);
        var probes = data.Probes(3);
        float[] cells = data.Cells(3, stream: 1);
        var batch = fitted.Attribute(probes, options);
        for (int row = 0; row < 3; row++)
        {
            float[] values = cells[(row * data.Columns)..((row + 1) * data.Columns)];
            foreach (var attribution in (Attribution[])
                [fitted.Attribute(values, options), fitted.Attribute(Array.ConvertAll(values, value => (double)value), options), fitted.Attribute(probes, row, options)])
            {
                Assert.Equal(batch.Contributions(row), attribution.Contributions);
                Assert.Equal(batch.Explained[row], attribution.Explained);
                Assert.Equal(batch.Baselines[row], attribution.Baseline);
                Assert.Equal(fitted.Score(values), attribution.Score);
                Assert.Equal(probes.Schema.ColumnNames, attribution.Groups.Names);
            }
        }

        var apart = new FeatureSchema(fitted.Schema.ColumnNames, [0.5, 0, 0, -0.25, 0]);
        var moved = FeatureMatrix.Wrap(cells.Select((cell, i) => cell - (float)apart.ColumnOffsets[i % 5]).ToArray(), apart);
        Assert.Equal(batch.Explained[0], fitted.Attribute(moved, 0, options).Explained, 1e-4 * Math.Abs(batch.Explained[0]));
    }

    [Theory]
    [EveryDetector]
    public void What_cannot_be_explained_is_refused_with_the_reason(string detector)
    {
        var data = DataShape.Usual;
        var fitted = Fitted(detector, data, FeatureScaling.None).Detector;
        var options = Background(data);
        Assert.Contains("4 values", Assert.Throws<ArgumentException>(() => fitted.Attribute(new float[4], options)).Message, StringComparison.Ordinal);
        Assert.Throws<FeatureDataException>(() => fitted.Attribute([1f, 2, float.NaN, 4, 5], options));
        Assert.Throws<ArgumentException>(() => fitted.Attribute(DataShape.Normal(10, 3).Training(), options));
        Assert.Throws<ArgumentException>(() => fitted.Attribute(data.Probes(3), options with { Groups = new ColumnGroups([0, 1], ["a", "b"]) }));
        Assert.ThrowsAny<ArgumentException>(() => fitted.Attribute(data.Probes(3), options with { UseSampling = true, Background = DataShape.Normal(10, 3).Training() }));
        var attributor = fitted.CreateAttributor(options);
        Assert.Throws<ArgumentException>(() => attributor.Attribute(data.Probes(3), new double[14], new double[3], new double[3]));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => fitted.Attribute(data.Probes(3), options, cancelled.Token));
    }

    [Theory]
    [EveryDetector]
    public void Sampling_agrees_on_who_did_it(string detector)
    {
        var data = DataShape.Normal(1000, 6);
        var fitted = Fitted(detector, data, FeatureScaling.None).Detector;
        float[] row = [0, 25, 0, 0, 0, 0];
        var sampled = fitted.Attribute(row, Background(data) with { UseSampling = true, Permutations = 2 });
        Assert.Equal(1, sampled.Top(1).Single().Index);
        Assert.False(sampled.Info.IsExact);
        Assert.Equal(6, sampled.StandardErrors.Length);
        Assert.Equal(sampled.Score, sampled.Baseline + Sum(sampled.Contributions), 1e-5 * Math.Abs(sampled.Score));
    }

    [Theory]
    [EveryDetector(Over.Transforms)]
    public void Many_rows_are_explained_without_allocating(string detector, string scaling)
    {
        var data = DataShape.Usual;
        var attributor = AttributorOf(Fitted(detector, data, Scalings.All[scaling]).Detector, data);
        int rows = Math.Min(attributor.BlockRows, 64);
        float[] cells = data.Cells(rows, stream: 1);
        var contributions = new double[rows * data.Columns];
        var baselines = new double[rows];
        var explained = new double[rows];
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 20 && least > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            attributor.AttributeRows(EncodedRows.Check(cells, attributor.Schema), contributions, baselines, explained);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Theory]
    [EveryDetector]
    public void A_detector_explains_itself_in_words_and_with_nothing_but_its_file(string detector)
    {
        var data = DataShape.Normal(1000, 6);
        float[] row = [0, 25, 0, 0, 0, 0];
        var fitted = Loaded(Saved(Fitted(detector, data, FeatureScaling.None).Detector));
        fitted = fitted.WithThreshold((fitted.Score(row) + fitted.Score(new float[6])) / 2);
        var explanation = fitted.Explain(row);
        Assert.True(explanation.IsAnomaly);
        Assert.StartsWith("column 1 is 25: no training row is as high. 9 in 10 lie from ", explanation.Reasons[0].Sentence, StringComparison.Ordinal);
        var change = explanation.Counterfactual;
        Assert.NotNull(change);
        Assert.Equal("column 1", change.Changes.Single().ColumnName);
        Assert.False(change.Score > fitted.Threshold);
    }

    private static AttributionOptions Background(DataShape data) => new() { SamplingBackground = data.Training().Slice(0, Math.Min(20, data.Rows)) };

    private static RowAttributor AttributorOf(IAnomalyDetector detector, DataShape data, ColumnGroups? groups = null) =>
        detector.CreateAttributor(Background(data) with { Groups = groups });

    private static (double[] Contributions, double[] Baselines, double[] Explained) Attribute(RowAttributor attributor, FeatureMatrix rows, AttributionOptions? options = null)
    {
        var contributions = new double[rows.RowCount * attributor.Groups.Count];
        var baselines = new double[rows.RowCount];
        var explained = new double[rows.RowCount];
        attributor.Attribute(rows, contributions, baselines, explained, options);
        return (contributions, baselines, explained);
    }

    private static void AssertSame(
        (double[] Contributions, double[] Baselines, double[] Explained) expected, (double[] Contributions, double[] Baselines, double[] Explained) actual, string what)
    {
        Assert.True(expected.Contributions.AsSpan().SequenceEqual(actual.Contributions), $"{what}: other contributions.");
        Assert.True(expected.Baselines.AsSpan().SequenceEqual(actual.Baselines), $"{what}: other baselines.");
        Assert.True(expected.Explained.AsSpan().SequenceEqual(actual.Explained), $"{what}: other values.");
    }

    private static double Sum(ReadOnlySpan<double> numbers)
    {
        double sum = 0;
        foreach (double number in numbers)
            sum += number;
        return sum;
    }
}
