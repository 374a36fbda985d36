using System.Numerics.Tensors;
using AnomalyKit.ContractTests.Support;
using AnomalyKit.Persistence;

namespace AnomalyKit.ContractTests;

/// <summary>Bad input gets one exception that names the row, the column, the value and the remedy (rule 6).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class BadInputContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private static readonly float[] NotFinite = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    [Theory]
    [EveryDetector]
    public void A_cell_that_is_not_finite_is_named_by_fit(string detector)
    {
        foreach (float bad in NotFinite)
        {
            foreach (var (row, column) in ((int, int)[])[(0, 0), (0, 4), (17, 2), (299, 0), (299, 4)])
            {
                float[] cells = DataShape.Usual.Cells(300, stream: 0);
                cells[(row * 5) + column] = bad;
                foreach (int threads in (int[])[1, 4])
                {
                    AssertNamed(row, column, bad, () => Registered(detector).Fit(
                        FeatureMatrix.Wrap(cells, DataShape.Usual.Training().Schema), options: new FitOptions { MaxDegreeOfParallelism = threads }));
                }
            }
        }
    }

    [Theory]
    [EveryDetector]
    public void A_cell_that_is_not_finite_is_named_by_score(string detector)
    {
        var fitted = Fitted(detector).Detector;
        foreach (float bad in NotFinite)
        {
            foreach (var (row, column) in ((int, int)[])[(0, 0), (0, 4), (17, 2), (299, 0), (299, 4)])
            {
                float[] cells = DataShape.Usual.Cells(300, stream: 1);
                cells[(row * 5) + column] = bad;
                var matrix = FeatureMatrix.Wrap(cells, 5);
                AssertNamed(row, column, bad, () => fitted.Score(cells, new float[300]));
                AssertNamed(row, column, bad, () => fitted.Score(matrix));
                AssertNamed(row, column, bad, () => fitted.IsAnomaly(matrix));
                AssertNamed(row - Math.Max(row - 5, 0), column, bad, () => fitted.Score(matrix.Slice(Math.Max(row - 5, 0), 300 - Math.Max(row - 5, 0))));
                AssertNamed(0, column, bad, () => fitted.Score(cells.AsSpan(row * 5, 5)));
                AssertNamed(0, column, bad, () => fitted.IsAnomaly(cells.AsSpan(row * 5, 5)));
                AssertNamed(row, column, bad, () => fitted.Score(new ReadOnlyTensorSpan<float>(cells, [300, 5]), new float[300]));
            }
        }
    }

    [Theory]
    [EveryDetector]
    public void The_first_bad_row_is_named_at_any_thread_count(string detector)
    {
        const int Rows = 40_000;
        float[] cells = DataShape.Normal(Rows, 2).Cells(Rows, stream: 0);
        var fitted = Registered(detector).Fit(FeatureMatrix.Wrap(cells, 2).Slice(0, 50));
        foreach (int first in (int[])[1, 16_383, 16_384, 39_999])
        {
            float[] bad = [.. cells];
            for (int row = first; row < Rows; row += 997)
                bad[(row * 2) + 1] = row == first ? float.NegativeInfinity : float.NaN;
            foreach (var matrix in (FeatureMatrix[])[FeatureMatrix.Wrap(bad, 2), Blocks(bad, 1000)])
            {
                foreach (int threads in (int[])[1, 3, 8])
                {
                    AssertNamed(first, 1, float.NegativeInfinity, () => fitted.Score(matrix, new ScoreOptions { MaxDegreeOfParallelism = threads }), "f1");
                    AssertNamed(
                        first, 1, float.NegativeInfinity, () => Registered(detector).Fit(matrix, options: new FitOptions { MaxDegreeOfParallelism = threads }), "f1");
                }
            }
        }

        static FeatureMatrix Blocks(float[] cells, int rows) => FeatureMatrix.WrapBlocks(
            [.. cells.Chunk(rows * 2).Select(block => new ReadOnlyMemory<float>(block))], FeatureSchema.Unnamed(2));
    }

    [Theory]
    [EveryDetector]
    public void Too_few_rows_are_refused_and_enough_are_taken(string detector)
    {
        var registration = Registered(detector);
        for (int rows = 0; rows < registration.MinRows; rows++)
        {
            int few = rows;
            var exception = Assert.Throws<ArgumentException>(() => registration.Fit(DataShape.Normal(few, 3).Training()));
            Assert.Contains(rows == 1 ? "1 row;" : $"{rows} rows", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"at least {registration.MinRows}", exception.Message, StringComparison.Ordinal);
        }

        registration.Fit(DataShape.Normal(registration.MinRows, 3).Training());
    }

    [Theory]
    [EveryDetector]
    public void Another_number_of_columns_is_refused_with_both_numbers(string detector)
    {
        var fitted = Fitted(detector).Detector;
        foreach (int columns in (int[])[1, 4, 6, 10])
        {
            var exception = Assert.Throws<ArgumentException>(() => fitted.Score(DataShape.Normal(10, columns).Training()));
            Assert.Contains($"{columns} columns", exception.Message, StringComparison.Ordinal);
            Assert.Contains("5", exception.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => fitted.Score(FeatureMatrix.Wrap(ReadOnlyMemory<float>.Empty, columns)));
        }
    }

    [Theory]
    [EveryDetector]
    public void Other_names_are_refused_and_made_up_ones_are_not(string detector)
    {
        float[] cells = DataShape.Normal(50, 3).Cells(50, stream: 0);
        var fitted = Registered(detector).Fit(FeatureMatrix.Wrap(cells, new FeatureSchema(["a", "b", "c"])));
        foreach (string[] names in (string[][])[["a", "c", "b"], ["b", "a", "c"], ["a", "b", "C"], ["x", "y", "z"]])
        {
            var data = FeatureMatrix.Wrap(cells, new FeatureSchema(names));
            var exception = Assert.Throws<ArgumentException>(() => fitted.Score(data));
            int first = Enumerable.Range(0, 3).First(i => names[i] != fitted.Schema.ColumnNames[i]);
            Assert.Contains($"'{names[first]}'", exception.Message, StringComparison.Ordinal);
            Assert.Contains($"'{fitted.Schema.ColumnNames[first]}'", exception.Message, StringComparison.Ordinal);
        }

        Same.Bits(
            fitted.Score(FeatureMatrix.Wrap(cells, fitted.Schema)),
            fitted.Score(FeatureMatrix.Wrap(cells, new FeatureSchema(["b", "c", "a"])).WithSchema(FeatureSchema.Unnamed(3))),
            "Made-up names");
        var shuffled = FeatureMatrix.Wrap(cells, fitted.Schema).SelectColumns("c", "a", "b");
        Same.Bits(fitted.Score(FeatureMatrix.Wrap(cells, fitted.Schema)), fitted.Score(shuffled.SelectColumns(fitted.Schema.ColumnNames)), "Brought into order");
    }

    [Theory]
    [EveryDetector]
    public void Missing_cells_and_categories_are_used_or_refused_before_the_fit(string detector)
    {
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.05));
        var plain = DataShape.Usual.Training();
        var missing = MixedColumns.WithMissing(plain, 2);
        var category = MixedColumns.WithCategory(plain, 3);
        foreach (var (data, accepts, column) in ((FeatureMatrix, bool, string)[])[(missing, trainer.AcceptsMissing, "column 2"), (category, trainer.AcceptsCategories, "column 3")])
        {
            if (accepts)
            {
                var fitted = trainer.Fit(data);
                Assert.Equal(data.Schema, Loaded(Saved(fitted)).Schema);
                Same.Bits(fitted.Score(data), Loaded(Saved(fitted)).Score(data), "Saved and loaded");
                continue;
            }

            var exception = Assert.Throws<ArgumentException>(() => trainer.Fit(data));
            Assert.Contains($"'{column}'", exception.Message, StringComparison.Ordinal);
            Assert.Contains("preparation", exception.Message, StringComparison.Ordinal);
            Assert.Equal(exception.Message, Assert.Throws<ArgumentException>(() => trainer.FitAndScore(data)).Message);
        }
    }

    [Theory]
    [EveryDetector]
    public void A_category_is_no_number_and_a_number_no_category(string detector)
    {
        var plain = DataShape.Usual.Training();
        var category = MixedColumns.WithCategory(plain, 3);
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.05));
        AssertRefused(trainer.Fit(plain), category);
        if (trainer.AcceptsCategories)
        {
            AssertRefused(trainer.Fit(category), plain);
            AssertRefused(trainer.Fit(category), category.WithSchema(category.Schema.WithCategories(new Dictionary<string, int> { ["column 3"] = 9 })));
        }

        static void AssertRefused(IAnomalyDetector fitted, FeatureMatrix data)
        {
            var exception = Assert.Throws<ArgumentException>(() => fitted.Score(data));
            Assert.Contains("'column 3'", exception.Message, StringComparison.Ordinal);
            Assert.Contains("levels", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [EveryDetector]
    public void A_file_does_not_talk_a_detector_into_columns_that_it_cannot_use(string detector)
    {
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.None, ThresholdRule.Contamination(0.05));
        var fitted = Fitted(detector).Detector;
        if (!trainer.AcceptsMissing)
            Assert.Throws<ModelFormatException>(() => Loaded(SavedWith("columns.missing", new byte[] { 0, 0, 1, 0, 0 })));
        if (!trainer.AcceptsCategories)
            Assert.Throws<ModelFormatException>(() => Loaded(SavedWith("columns.levels", new[] { 0, 0, 0, 7, 0 })));

        byte[] SavedWith<T>(string name, T[] values)
            where T : unmanaged
        {
            var writer = new ModelWriter();
            fitted.WriteTo(writer);
            writer.Add(name, values.AsMemory());
            using var stream = new MemoryStream();
            writer.Save(stream);
            return stream.ToArray();
        }
    }

    [Theory]
    [EveryDetector]
    public void Spans_of_lengths_that_do_not_fit_are_refused(string detector)
    {
        var fitted = Fitted(detector).Detector;
        foreach (var (cells, scores) in ((int, int)[])[(4, 1), (6, 1), (5, 2), (10, 1), (0, 1), (5, 0), (11, 2), (1, 0)])
        {
            var exception = Assert.Throws<ArgumentException>(() => fitted.Score(new float[cells], new float[scores]));
            Assert.Contains($"{cells} values", exception.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentException>(() => fitted.Score(new float[4].AsSpan()));
        Assert.Throws<ArgumentException>(() => fitted.IsAnomaly(new float[6].AsSpan()));
        Assert.Throws<ArgumentException>(() => fitted.Score(DataShape.Usual.Training(), new float[299]));
        Assert.Throws<ArgumentException>(() => fitted.Score(DataShape.Usual.Training(), new float[301]));
        Assert.Throws<ArgumentException>(() => fitted.Score(new ReadOnlyTensorSpan<float>(new float[10], [2, 5]), new float[3]));
        Assert.Throws<ArgumentException>(() => fitted.Score(new ReadOnlyTensorSpan<float>(new float[10], [5, 2]), new float[5]));
        Assert.Throws<ArgumentException>(() => fitted.Score(new ReadOnlyTensorSpan<float>(new float[10], [10]), new float[2]));
        Assert.Throws<ArgumentException>(() => fitted.Score(new ReadOnlyTensorSpan<float>(new float[10], [1, 2, 5]), new float[2]));
    }

    [Theory]
    [EveryDetector]
    public void Null_is_refused_by_name(string kind)
    {
        var trainer = Registered(kind).NewTrainer(1, FeatureScaling.None, ThresholdRule.Fixed(0));
        var fitted = trainer.Fit(DataShape.Usual.Training());
        IAnomalyDetector none = null!;
        Assert.Throws<ArgumentNullException>("data", () => trainer.Fit(null!));
        Assert.Throws<ArgumentNullException>("data", () => fitted.Score((FeatureMatrix)null!));
        Assert.Throws<ArgumentNullException>("data", () => fitted.Score((FeatureMatrix)null!, new float[1]));
        Assert.Throws<ArgumentNullException>("detector", () => none.Score(new float[5].AsSpan()));
        Assert.Throws<ArgumentNullException>("detector", () => none.Score(DataShape.Usual.Training()));
        Assert.Throws<ArgumentNullException>("detector", () => none.IsAnomaly(new float[5].AsSpan()));
        Assert.Throws<ArgumentNullException>("detector", () => none.IsAnomaly(DataShape.Usual.Training()));
        Assert.Throws<ArgumentNullException>("data", () => fitted.IsAnomaly((FeatureMatrix)null!));
        Assert.ThrowsAny<ArgumentNullException>(() => Registered(kind).NewTrainer(1, null!, ThresholdRule.Fixed(0)));
        Assert.ThrowsAny<ArgumentNullException>(() => Registered(kind).NewTrainer(1, FeatureScaling.None, null!));
    }

    [Theory]
    [EveryDetector]
    public async Task A_null_stream_of_batches_is_refused(string detector)
    {
        var fitted = Fitted(detector).Detector;
        await Assert.ThrowsAsync<ArgumentNullException>(async () =>
        {
            await foreach (var batch in fitted.ScoreAsync(null!))
                Assert.Fail($"A batch of {batch.Scores.Length} rows out of nothing.");
        });
    }

    [Theory]
    [EveryDetector]
    public void A_failed_fit_does_not_spoil_the_trainer(string detector)
    {
        var trainer = Registered(detector).NewTrainer(1, FeatureScaling.Standard, ThresholdRule.Contamination(0.1));
        byte[] expected = Saved(trainer.Fit(DataShape.Usual.Training()));
        float[] cells = DataShape.Usual.Cells(300, stream: 0);
        cells[777] = float.NaN;
        Assert.Throws<FeatureDataException>(() => trainer.Fit(FeatureMatrix.Wrap(cells, 5)));
        Same.Bytes(expected, Saved(trainer.Fit(DataShape.Usual.Training())), "After a failed fit");
    }

    private static void AssertNamed(int row, int column, float value, Action action, string? name = null)
    {
        var exception = Assert.Throws<FeatureDataException>(action);
        Assert.Equal(row, exception.Row);
        Assert.Equal(column, exception.Column);
        Assert.Equal(BitConverter.SingleToInt32Bits(value), BitConverter.SingleToInt32Bits((float)exception.Value));
        Assert.Contains($"Row {row}", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"'{exception.ColumnName}'", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(name ?? column.ToString(System.Globalization.CultureInfo.InvariantCulture), exception.ColumnName, StringComparison.Ordinal);
    }
}
