using AnomalyKit.Numerics;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Constant and collinear columns, exact fits, duplicates and few rows: each is noticed, named and survived.</summary>
public sealed class DegenerateTests
{
    [Fact]
    public void Constant_and_collinear_columns_are_named_and_take_no_part()
    {
        var drawn = RecipeData.Named("Clean");
        var cells = new float[drawn.RowCount * 6];
        for (int row = 0; row < drawn.RowCount; row++)
        {
            var source = drawn.Cells(row);
            float[] target = [source[0], source[1], 0.1f, source[2], (2 * source[0]) - source[2], source[3]];
            target.CopyTo(cells, row * 6);
        }

        var data = FeatureMatrix.Wrap(cells, new FeatureSchema(["a", "b", "same", "c", "twice a less c", "d"]));
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = 0.75 }.Fit(data);
        Assert.Equal(4, envelope.Dimensions);
        Assert.Equal([DataFindingKind.ConstantColumn, DataFindingKind.CollinearColumn], envelope.Findings.Select(finding => finding.Kind));
        Assert.Equal([2], envelope.Findings[0].Columns);
        Assert.Contains("'same'", envelope.Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal([4, 0, 3], envelope.Findings[1].Columns);
        Assert.Contains("'twice a less c' is a linear combination of 'a', 'c'", envelope.Findings[1].Message, StringComparison.Ordinal);

        float[] expected = new EllipticEnvelopeTrainer { SupportFraction = 0.75 }.Fit(drawn).Score(drawn);
        float[] actual = envelope.Score(data);
        for (int row = 0; row < expected.Length; row++)
            Assert.Equal(expected[row], actual[row], 1e-5 * (1 + expected[row]));
        Assert.Equal(0, envelope.Covariance()[2, 2]);
    }

    [Fact]
    public void A_plane_of_most_rows_is_an_exact_fit_and_rows_off_it_are_far_away()
    {
        var data = OnAPlane();
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = 0.75 }.Fit(data);
        var finding = Assert.Single(envelope.Findings);
        Assert.Equal(DataFindingKind.ExactFit, finding.Kind);
        Assert.Contains("dimension 2 of 3", finding.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 2], finding.Columns);
        Assert.InRange(envelope.Shrinkage, double.Epsilon, 1e-9);
        float[] scores = envelope.Score(data);
        for (int row = 0; row < scores.Length; row++)
            Assert.Equal(row % 10 == 0, scores[row] > 1000);
    }

    [Fact]
    public void Without_a_wanted_support_it_is_raised_until_the_subset_is_not_flat()
    {
        var envelope = new EllipticEnvelopeTrainer().Fit(OnAPlane());
        var finding = Assert.Single(envelope.Findings);
        Assert.Equal(DataFindingKind.SupportRaised, finding.Kind);
        Assert.Equal(0, envelope.Shrinkage);
        Assert.InRange(envelope.SupportRows, 285, 299);
        Assert.Matches("^In most rows, a combination of the columns .* hardly varies, .* fitted on 9[5-9](\\.[0-9]+)? % of the rows instead of 75 %", finding.Message);
        Assert.Equal([0, 1, 2], finding.Columns);
    }

    [Fact]
    public void A_column_of_two_values_of_which_one_is_rare_is_named_as_the_cause()
    {
        var random = new CounterRandom(7);
        float[] cells = [.. Enumerable.Range(0, 4 * 600).Select(i => i % 4 == 2 ? (i / 4 % 25 == 0 ? 1 : 0) : (float)random.NextGaussian())];
        var finding = Assert.Single(new EllipticEnvelopeTrainer().Fit(FeatureMatrix.Wrap(cells, 4)).Findings);
        Assert.Equal(DataFindingKind.SupportRaised, finding.Kind);
        Assert.Equal([2], finding.Columns);
        Assert.StartsWith("In most rows, the column 'f2' hardly varies,", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_comes_again_and_again_is_an_exact_fit()
    {
        var drawn = RecipeData.Named("Clean");
        float[] cells = drawn.ContiguousCells(0).ToArray();
        for (int row = 0; row < 180; row++)
            drawn.Cells(0).CopyTo(cells.AsSpan(row * 4, 4));
        var data = FeatureMatrix.Wrap(cells, 4);
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = 0.75 }.Fit(data);
        Assert.Equal(DataFindingKind.ExactFit, Assert.Single(envelope.Findings).Kind);
        Assert.Contains("dimension 0 of 4", envelope.Findings[0].Message, StringComparison.Ordinal);
        float[] scores = envelope.Score(data);
        Assert.True(scores[..180].Max() < scores[180..].Min());
    }

    [Fact]
    public void Fewer_rows_than_columns_are_fitted_with_shrunk_correlations()
    {
        var data = RecipeData.Draw(3, 8, 20, 0, 0, tails: false);
        var envelope = new EllipticEnvelopeTrainer().Fit(data);
        var finding = Assert.Single(envelope.Findings);
        Assert.Equal(DataFindingKind.FewRows, finding.Kind);
        Assert.InRange(envelope.Shrinkage, 0.01, 1);
        Assert.Equal(8, envelope.SupportRows);
        Assert.All(envelope.Score(data), score => Assert.InRange(score, 0, 1e6));
    }

    [Fact]
    public void Rows_that_are_all_equal_score_nothing()
    {
        float[] cells = [.. Enumerable.Repeat(new[] { 1f, 2f, 3f }, 20).SelectMany(row => row)];
        var envelope = new EllipticEnvelopeTrainer().Fit(FeatureMatrix.Wrap(cells, 3));
        Assert.Equal(3, envelope.Findings.Count);
        Assert.Equal(0, envelope.Dimensions);
        Assert.Equal(0, envelope.Score([1f, 2f, 3f]));
        Assert.Equal(1, envelope.PValue(0));
        float changed = envelope.Score([9f, 9f, 9f]);
        Assert.True(changed >= 64 + 49 + 36);
        Assert.Equal(0, envelope.PValue(changed));
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        foreach (double fraction in (double[])[0, 0.49, 1.01, double.NaN, -1])
        {
            var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new EllipticEnvelopeTrainer { SupportFraction = fraction });
            Assert.Equal(nameof(EllipticEnvelopeTrainer.SupportFraction), exception.ParamName);
            Assert.Throws<ArgumentOutOfRangeException>(() => new RobustWhitening { SupportFraction = fraction });
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new EllipticEnvelopeTrainer { RandomStarts = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new EllipticEnvelopeTrainer { MaxSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RobustWhitening { ExplainedSpread = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RobustWhitening { ExplainedSpread = double.NaN });
    }

    /// <summary>Nine rows in ten lie on the plane c = a + b, on a grid that float32 holds exactly.</summary>
    private static FeatureMatrix OnAPlane()
    {
        var drawn = RecipeData.Draw(8, 300, 3, 0, 0, tails: false);
        var cells = new float[900];
        for (int row = 0; row < 300; row++)
        {
            var source = drawn.Cells(row);
            float a = MathF.Round(source[0] * 256) / 256;
            float b = MathF.Round(source[1] * 256) / 256;
            float[] target = [a, b, row % 10 == 0 ? a + b + 1 + MathF.Abs(source[2]) : a + b];
            target.CopyTo(cells, row * 3);
        }

        return FeatureMatrix.Wrap(cells, 3);
    }
}
