using System.Numerics.Tensors;
using AnomalyKit.ContractTests.Support;

namespace AnomalyKit.ContractTests;

/// <summary>All forms of scoring say the same, and the span forms allocate nothing (rule 3).</summary>
/// <typeparam name="TList">The detectors.</typeparam>
public abstract class ScoringFormsContract<TList> : DetectorContract<TList>
    where TList : IDetectorList, new()
{
    private const int Rows = 300;

    private static int Columns => DataShape.Usual.Columns;

    [Theory]
    [EveryDetector]
    public void A_single_row_scores_as_it_does_among_others(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        for (int row = 0; row < Rows; row++)
            Assert.Equal(expected[row], fitted.Score(rows.AsSpan(row * Columns, Columns)));
    }

    [Theory]
    [EveryDetector]
    public void A_matrix_scores_as_its_rows_do(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        var matrix = FeatureMatrix.Wrap(rows, Columns);
        Same.Bits(expected, fitted.Score(matrix), "A new array");
        var scores = new float[Rows];
        fitted.Score(matrix, scores);
        Same.Bits(expected, scores, "The caller's span");
        Same.Bits(expected, fitted.Score(FeatureMatrix.FromRows([.. rows.Chunk(Columns)])), "Rows as arrays");
    }

    [Theory]
    [EveryDetector]
    public void Slices_and_blocks_of_a_matrix_score_as_the_whole(string detector)
    {
        var data = DataShape.Normal(10_000, 3);
        var fitted = Registered(detector).Fit(data.Training().Slice(0, 500));
        float[] rows = data.Cells(10_000, stream: 1);
        var expected = new float[10_000];
        fitted.Score(rows, expected);
        foreach (int rowsPerBlock in (int[])[1, 7, 1000, 4095, 4096, 4097, 9999])
        {
            var blocks = FeatureMatrix.WrapBlocks([.. rows.Chunk(rowsPerBlock * 3).Select(block => new ReadOnlyMemory<float>(block))], FeatureSchema.Unnamed(3));
            Same.Bits(expected, fitted.Score(blocks), $"Blocks of {rowsPerBlock} rows");
            Same.Bits(expected.AsSpan(13, 8200), fitted.Score(blocks.Slice(13, 8200)), $"A slice over blocks of {rowsPerBlock} rows");
        }

        Same.Bits(expected.AsSpan(5000), fitted.Score(FeatureMatrix.Wrap(rows, 3).Slice(1000, 9000).Slice(4000, 5000)), "A slice of a slice");
    }

    [Theory]
    [EveryDetector]
    public void A_dense_tensor_scores_as_its_rows_do(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        var scores = new float[Rows];
        fitted.Score(new ReadOnlyTensorSpan<float>(rows, [Rows, Columns]), scores);
        Same.Bits(expected, scores, "A dense tensor");
    }

    [Theory]
    [EveryDetector]
    public void A_strided_tensor_scores_as_its_rows_do(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        const int Stride = 11;
        var wide = new float[Rows * Stride];
        Array.Fill(wide, float.NaN);
        for (int row = 0; row < Rows; row++)
            rows.AsSpan(row * Columns, Columns).CopyTo(wide.AsSpan(row * Stride));
        var scores = new float[Rows];
        fitted.Score(new ReadOnlyTensorSpan<float>(wide, [Rows, Columns], [Stride, 1]), scores);
        Same.Bits(expected, scores, "Rows that lie apart");

        fitted.Score(new ReadOnlyTensorSpan<float>(wide, [Rows, Stride]).Slice([0..Rows, 0..Columns]), scores);
        Same.Bits(expected, scores, "A slice of columns");

        fitted.Score(new ReadOnlyTensorSpan<float>(rows, [Rows, Columns]).Slice([100..200, 0..Columns]), scores.AsSpan(0, 100));
        Same.Bits(expected.AsSpan(100, 100), scores.AsSpan(0, 100), "A slice of rows");
    }

    [Theory]
    [EveryDetector]
    public void A_tensor_that_lies_column_by_column_scores_as_its_rows_do(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        var columnMajor = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            columnMajor[(i % Columns * Rows) + (i / Columns)] = rows[i];
        var scores = new float[Rows];
        fitted.Score(new ReadOnlyTensorSpan<float>(columnMajor, [Rows, Columns], [1, Rows]), scores);
        Same.Bits(expected, scores, "Column by column");
    }

    [Theory]
    [EveryDetector]
    public void A_tensor_that_repeats_one_row_gives_one_score_for_all(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        var scores = new float[20];
        fitted.Score(new ReadOnlyTensorSpan<float>(rows.AsSpan(0, Columns), [20, Columns], [0, 1]), scores);
        Assert.All(scores, score => Assert.Equal(expected[0], score));
    }

    [Theory]
    [EveryDetector]
    public async Task A_stream_of_batches_scores_as_the_whole(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        var matrix = FeatureMatrix.Wrap(rows, Columns);
        long next = 0;
        await foreach (var batch in fitted.ScoreAsync(Batches()))
        {
            Assert.Equal(next, batch.FirstRow);
            Same.Bits(expected.AsSpan((int)next, batch.Data.RowCount), batch.Scores.Span, $"The batch at row {next}");
            next += batch.Data.RowCount;
        }

        Assert.Equal(Rows, next);

        async IAsyncEnumerable<FeatureMatrix> Batches()
        {
            for (int start = 0, size = 1; start < Rows; start += size, size *= 3)
            {
                await Task.Yield();
                yield return matrix.Slice(start, Math.Min(size, Rows - start));
                yield return matrix.Slice(start, 0);
            }
        }
    }

    [Theory]
    [EveryDetector]
    public async Task A_stream_of_batches_can_be_cancelled(string detector)
    {
        var (fitted, rows, _) = Usual(detector);
        using var source = new CancellationTokenSource();
        int batches = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var batch in fitted.ScoreAsync(Endless(), cancellationToken: source.Token))
            {
                if (++batches == 3)
                    await source.CancelAsync();
            }
        });
        Assert.Equal(3, batches);

        async IAsyncEnumerable<FeatureMatrix> Endless()
        {
            while (true)
            {
                await Task.Yield();
                yield return FeatureMatrix.Wrap(rows, Columns);
            }
        }
    }

    [Theory]
    [EveryDetector]
    public void A_row_is_an_anomaly_if_its_score_exceeds_the_threshold(string detector)
    {
        var (fitted, rows, expected) = Usual(detector);
        float chosen = expected.Order().ElementAt(Rows / 2);
        var halved = fitted.WithThreshold(chosen);
        bool[] labels = halved.IsAnomaly(FeatureMatrix.Wrap(rows, Columns));
        for (int row = 0; row < Rows; row++)
        {
            Assert.Equal(expected[row] > chosen, labels[row]);
            Assert.Equal(expected[row] > chosen, halved.IsAnomaly(rows.AsSpan(row * Columns, Columns)));
        }

        Assert.Contains(true, labels);
        Assert.Contains(false, labels);
    }

    [Theory]
    [EveryDetector]
    public void No_rows_give_no_scores(string detector)
    {
        var fitted = Usual(detector).Fitted;
        fitted.Score(ReadOnlySpan<float>.Empty, Span<float>.Empty);
        Assert.Empty(fitted.Score(FeatureMatrix.Wrap(ReadOnlyMemory<float>.Empty, Columns)));
        Assert.Empty(fitted.IsAnomaly(FeatureMatrix.Wrap(ReadOnlyMemory<float>.Empty, Columns)));
        fitted.Score(new ReadOnlyTensorSpan<float>(new float[Columns], [1, Columns]).Slice([0..0, 0..Columns]), Span<float>.Empty);
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void Scoring_spans_allocates_nothing(string detector, string scaling)
    {
        var fitted = Registered(detector).Fit(DataShape.Usual.Training(), Scalings.All[scaling]);
        float[] rows = DataShape.Usual.Cells(5000, stream: 1);
        var scores = new float[5000];
        AssertNoAllocation(() => fitted.Score(rows, scores));
        AssertNoAllocation(() => fitted.Score(rows.AsSpan(0, 17 * Columns), scores.AsSpan(0, 17)));
    }

    [Theory]
    [EveryDetector(Over.Scalings)]
    public void Scoring_a_single_row_allocates_nothing(string detector, string scaling)
    {
        var fitted = Registered(detector).Fit(DataShape.Usual.Training(), Scalings.All[scaling]);
        float[] row = DataShape.Usual.Cells(1, stream: 1);
        AssertNoAllocation(() => fitted.Score(row.AsSpan()));
        AssertNoAllocation(() => fitted.IsAnomaly(row.AsSpan()));
    }

    [Theory]
    [EveryDetector]
    public void Scoring_a_dense_tensor_allocates_nothing(string detector)
    {
        var (fitted, rows, _) = Usual(detector);
        var scores = new float[Rows];
        var tensor = Tensor.Create(rows, [Rows, Columns]);
        AssertNoAllocation(() => fitted.Score(tensor.AsReadOnlyTensorSpan(), scores));
    }

    [Theory]
    [EveryDetector]
    public void Scoring_stops_when_it_is_cancelled_before(string detector)
    {
        var (fitted, rows, _) = Usual(detector);
        var scores = new float[Rows];
        Assert.ThrowsAny<OperationCanceledException>(
            () => fitted.Score(FeatureMatrix.Wrap(rows, Columns), scores, cancellationToken: new CancellationToken(canceled: true)));
        Assert.All(scores, score => Assert.Equal(0, score));
    }

    [Theory]
    [EveryDetector]
    public void Scoring_stops_when_it_is_cancelled_on_the_way(string detector)
    {
        var data = DataShape.Normal(100_000, 2).Training();
        var fitted = Registered(detector).Fit(data.Slice(0, 300));
        foreach (int threads in (int[])[1, 2])
        {
            using var source = new CancellationTokenSource();
            var progress = new Reports<double>(_ => source.Cancel());
            Assert.ThrowsAny<OperationCanceledException>(
                () => fitted.Score(data, new ScoreOptions { MaxDegreeOfParallelism = threads, Progress = progress }, source.Token));
            Assert.True(progress.All[^1] < 1, $"All rows were scored: {progress.All[^1]}.");
        }
    }

    [Theory]
    [EveryDetector]
    public void Scoring_reports_its_progress_up_to_one(string detector)
    {
        var data = DataShape.Normal(20_000, 2).Training();
        var fitted = Registered(detector).Fit(data.Slice(0, 300));
        var progress = new Reports<double>();
        fitted.Score(data, new ScoreOptions { MaxDegreeOfParallelism = 1, Progress = progress });
        Assert.Equal(progress.All.Order(), progress.All);
        Assert.Equal(1, progress.All[^1]);
        Assert.All(progress.All, share => Assert.InRange(share, 0, 1));
        Assert.Single(progress.All, 1.0);

        var parallel = new Reports<double>();
        fitted.Score(data, new ScoreOptions { MaxDegreeOfParallelism = 4, Progress = parallel });
        Assert.Single(parallel.All, 1.0);
    }

    private static (IAnomalyDetector Fitted, float[] Rows, float[] Scores) Usual(string detector)
    {
        var fitted = Fitted(detector).Detector;
        float[] rows = DataShape.Usual.Cells(Rows, stream: 1);
        var scores = new float[Rows];
        fitted.Score(rows, scores);
        return (fitted, rows, scores);
    }

    private static void AssertNoAllocation(Action action)
    {
        for (int i = 0; i < 3; i++)
            action();

        // A collection between two calls may empty the shared pools, so one clean call of several is proof enough.
        long least = long.MaxValue;
        for (int i = 0; i < 10 && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
