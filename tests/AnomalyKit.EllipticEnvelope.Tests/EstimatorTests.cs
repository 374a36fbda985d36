using FsCheck.Xunit;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>The estimate is the minimum covariance determinant, and has its invariances.</summary>
public sealed class EstimatorTests
{
    [Theory]
    [MemberData(nameof(SklearnGolden.Objectives), MemberType = typeof(SklearnGolden))]
    public void The_objective_is_at_least_as_good_as_scikit_learns(string set, double fraction, int rows, double objective)
    {
        var data = RecipeData.Named(set);
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = fraction, Threshold = ThresholdRule.Fixed(1) }.Fit(data);
        int[] support = Naive.Rows(envelope.Support);
        Assert.Equal(envelope.SupportRows, support.Length);
        Assert.Equal(Naive.LogDeterminant(data, support), envelope.LogDeterminant, 1e-9);
        // scikit-learn rounds h its own way; fewer rows may make a smaller determinant, so compare subsets of its size.
        Assert.InRange(support.Length - rows, -p(data), p(data));
        var same = MinimumCovarianceDeterminant.Fit(
            data, new McdOptions { SupportFraction = (double)rows / data.RowCount }, new FitContext());
        if (same.SubsetSize == rows)
            Assert.True(same.LogDeterminant <= objective + 1e-9, $"{same.LogDeterminant} above {objective}");
        else
            Assert.True(same.SubsetSize > rows);

        static int p(FeatureMatrix matrix) => matrix.ColumnCount + 1;
    }

    [Fact]
    public void The_best_subset_of_all_is_found_where_all_can_be_tried()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            var data = RecipeData.Draw(seed, 12, 2, 4, 5, tails: false);
            var fit = MinimumCovarianceDeterminant.Fit(data, new McdOptions { SupportFraction = 0.5, RandomStarts = 200 }, new FitContext());
            double best = double.PositiveInfinity;
            for (int mask = 0; mask < 1 << 12; mask++)
            {
                if (int.PopCount(mask) == fit.SubsetSize)
                    best = Math.Min(best, Naive.LogDeterminant(data, [.. Enumerable.Range(0, 12).Where(i => (mask >> i & 1) != 0)]));
            }

            Assert.Equal(best, fit.LogDeterminant, 1e-9);
        }
    }

    [Property(MaxTest = 60)]
    public void Concentration_never_raises_the_determinant(ulong seed, byte shape)
    {
        var data = RecipeData.Draw(seed, 60 + shape, 1 + (shape % 9), shape % 7, 6, shape % 2 == 0);
        var pass = new ScatterPass(data, Kernels.EnvelopeKernels.Resolve(), 1, default);
        var classical = new ClassicalEstimate(pass);
        foreach (double fraction in (double[])[0.5, 0.75, 0.95])
        {
            int size = MinimumCovarianceDeterminant.SubsetSize(fraction, data.RowCount, classical.Rank);
            var result = new Concentration(pass, size).Run(Ellipsoid.Of(classical), 0, 200, 0);
            Assert.NotEmpty(result.Objectives);
            for (int i = 1; i < result.Objectives.Count; i++)
                Assert.True(result.Objectives[i] <= result.Objectives[i - 1] + 1e-9, $"step {i}: {result.Objectives[i - 1]} to {result.Objectives[i]}");
        }
    }

    [Property(MaxTest = 30)]
    public void Affine_maps_of_the_columns_change_no_distance(ulong seed)
    {
        // Whole numbers, mapped to whole numbers: float32 holds both exactly.
        const int Rows = 150;
        const int Columns = 3;
        var drawn = RecipeData.Draw(seed, Rows, Columns, 7, 6, tails: true);
        var cells = new float[Rows * Columns];
        var mapped = new float[cells.Length];
        int[,] map = { { 3, 1, 0 }, { -2, 5, 1 }, { 1, 1, 4 } };
        for (int row = 0; row < Rows; row++)
        {
            for (int j = 0; j < Columns; j++)
                cells[(row * Columns) + j] = MathF.Round(drawn.Cells(row)[j] * 1000);
            for (int i = 0; i < Columns; i++)
            {
                mapped[(row * Columns) + i] = 12_345;
                for (int j = 0; j < Columns; j++)
                    mapped[(row * Columns) + i] += map[i, j] * cells[(row * Columns) + j];
            }
        }

        // The deterministic starts look at columns one by one, so they go without in this law; they may only better the objective.
        var trainer = new McdOptions { DeterministicStarts = false, SupportFraction = 0.75 };
        var first = MinimumCovarianceDeterminant.Fit(FeatureMatrix.Wrap(cells, Columns), trainer, new FitContext());
        var second = MinimumCovarianceDeterminant.Fit(FeatureMatrix.Wrap(mapped, Columns), trainer, new FitContext());
        Assert.Equal(first.Support, second.Support);
        Assert.Equal(first.LogDeterminant + (2 * Math.Log(66)), second.LogDeterminant, 1e-8);
        float[] expected = Scores(first, FeatureMatrix.Wrap(cells, Columns));
        float[] actual = Scores(second, FeatureMatrix.Wrap(mapped, Columns));
        for (int row = 0; row < Rows; row++)
            Assert.Equal(expected[row], actual[row], 1e-5 * (1 + expected[row]));
    }

    [Property(MaxTest = 30)]
    public void The_order_of_the_rows_changes_no_distance(ulong seed)
    {
        var data = RecipeData.Draw(seed, 160, 4, 6, 5, tails: true);
        int[] order = [.. Enumerable.Range(0, data.RowCount)];
        new Random((int)(seed % int.MaxValue)).Shuffle(order);
        var expected = new EllipticEnvelopeTrainer().Fit(data);
        var actual = new EllipticEnvelopeTrainer().Fit(data.SelectRows(order));
        Assert.Equal(expected.LogDeterminant, actual.LogDeterminant, 1e-9);
        float[] one = expected.Score(data);
        float[] other = actual.Score(data);
        for (int row = 0; row < one.Length; row++)
            Assert.Equal(one[row], other[row], 1e-5 * (1 + one[row]));
    }

    [Theory]
    [InlineData(1e2)]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void Distances_agree_with_a_double_reference_at_any_condition(double condition)
    {
        var drawn = RecipeData.Named("Many");
        int p = drawn.ColumnCount;
        var cells = new float[drawn.RowCount * p];
        for (int row = 0; row < drawn.RowCount; row++)
        {
            // One direction, across all columns, is as narrow as the condition asks.
            double sum = 0;
            for (int j = 0; j < p; j++)
                sum += drawn.Cells(row)[j];
            for (int j = 0; j < p; j++)
                cells[(row * p) + j] = (float)(drawn.Cells(row)[j] - (sum / p * (1 - (1 / Math.Sqrt(condition)))));
        }

        var data = FeatureMatrix.Wrap(cells, p);
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = 0.75 }.Fit(data);
        Assert.Equal(p, envelope.Dimensions);
        var (mean, covariance) = Naive.Moments(data, Naive.Rows(envelope.Support));
        float[] scores = envelope.Score(data);
        double[] expected = [.. Enumerable.Range(0, data.RowCount).Select(row => Naive.SquaredDistance(data.Cells(row), mean, covariance))];
        double correction = expected[0] / scores[0];
        for (int row = 0; row < scores.Length; row++)
            Assert.Equal(1, scores[row] * correction / expected[row], 1e-5);
    }

    [Fact]
    public void Covariance_and_precision_are_inverse_and_give_the_scores()
    {
        var data = RecipeData.Named("Shifted");
        var envelope = new EllipticEnvelopeTrainer { Reweighted = true }.Fit(data);
        double[,] covariance = envelope.Covariance();
        double[,] precision = envelope.Precision();
        int p = data.ColumnCount;
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
                Assert.Equal(i == j ? 1 : 0, Enumerable.Range(0, p).Sum(k => covariance[i, k] * precision[k, j]), 1e-9);
        }

        float score = envelope.Score(data.Cells(3));
        Assert.Equal(Naive.SquaredDistance(data.Cells(3), envelope.Location.ToArray(), covariance), score, 1e-5 * score);
    }

    [Fact]
    public void On_normal_data_the_corrected_distances_follow_the_chi_squared_distribution()
    {
        var data = RecipeData.Draw(11, 20_000, 5, 0, 0, tails: false);
        foreach (var trainer in (EllipticEnvelopeTrainer[])[new(), new() { Reweighted = true }, new() { SupportFraction = 0.5 }])
        {
            var envelope = trainer.Fit(data);
            float[] scores = envelope.Score(data);
            Assert.InRange(scores.Count(score => envelope.PValue(score) < 0.05), 850, 1150);
            Assert.InRange(scores.Average(), 4.7, 5.3);
        }
    }

    [Theory]
    [MemberData(nameof(SklearnGolden.ChiSquared), MemberType = typeof(SklearnGolden))]
    public void Tails_are_those_of_scipy(double x, double degrees, double lower, double upper)
    {
        Assert.Equal(1, EllipticEnvelope.ChiSquared.Cumulative(x, degrees) / lower, 1e-11);
        Assert.Equal(1, EllipticEnvelope.ChiSquared.UpperTail(x, degrees) / upper, 1e-10);
        if (lower is > 1e-10 and < 0.999)
            Assert.Equal(1, EllipticEnvelope.ChiSquared.Quantile(lower, degrees) / x, 1e-10);
    }

    private static float[] Scores(McdFit fit, FeatureMatrix data)
    {
        var frame = new DetectorFrame(data.Schema, FeatureScaling.None.Fit(data, new FitContext()), 0, "none");
        return new EllipticEnvelopeDetector(frame, EllipticEnvelopeModel.From(fit, [])).Score(data);
    }
}
