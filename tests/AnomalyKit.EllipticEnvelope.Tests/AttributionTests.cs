using AnomalyKit.Numerics;
using AnomalyKit.Tests;
using FsCheck.Xunit;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Contributions are the Shapley values of the squared distance, where an absent column lies at the center.</summary>
public sealed class AttributionTests
{
    [Fact]
    public void Contributions_are_signed_as_published()
    {
        // Σ = [[1, .9], [.9, 1]], x − μ = (2, 1).
        double root = Math.Sqrt(1 - 0.81);
        var envelope = Of([0, 0], [1, 0, 0.9, root]);
        var attribution = envelope.Attribute([2, 1]);
        Assert.Equal(11.578947, attribution.Contributions[0], 1e-6);
        Assert.Equal(-4.210526, attribution.Contributions[1], 1e-6);
        Assert.Equal(7.368421, attribution.Explained, 1e-6);
        Assert.Equal(0, attribution.Baseline);
        Assert.Equal(attribution.Explained, attribution.Score, 1e-6);
    }

    [Property(MaxTest = 30)]
    public void Contributions_are_shapley_values_over_all_coalitions(ulong seed)
    {
        var random = new CounterRandom(seed);
        int columns = 2 + (int)(random.NextDouble() * 9);
        var data = RecipeData.Draw(seed, 150, columns, 10, 6, tails: false);
        var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10 }.Fit(data);
        double[] mean = envelope.Location.ToArray();
        double[,] precision = envelope.Precision();
        for (int row = 0; row < 20; row += 10)
        {
            double[] expected = AttributionLaws.Shapley(columns, coalition => Distance(data.Cells(row), coalition));
            var actual = envelope.Attribute(data, row);
            for (int j = 0; j < columns; j++)
                Assert.Equal(expected[j], actual.Contributions[j], 1e-6 * Math.Max(1, actual.Explained));
        }

        double Distance(ReadOnlySpan<float> row, int coalition)
        {
            double sum = 0;
            for (int i = 0; i < columns; i++)
            {
                for (int j = 0; j < columns; j++)
                    sum += (coalition >> i & 1) * (coalition >> j & 1) * (row[i] - mean[i]) * precision[i, j] * (row[j] - mean[j]);
            }

            return sum;
        }
    }

    [Theory]
    [InlineData("Clean")]
    [InlineData("Many")]
    [InlineData("Wide")]
    public void Laws_hold_behind_every_scaling(string set)
    {
        var data = RecipeData.Named(set);
        foreach (var scaling in (FeatureScaling[])[FeatureScaling.None, FeatureScaling.Standard, FeatureScaling.Robust, new RobustWhitening()])
        {
            var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10, Scaling = scaling }.Fit(data);
            AttributionLaws.AddUp(envelope, data);
            AttributionLaws.AreTheSameInAnyBatch(envelope, data);
            AttributionLaws.AllocateNothing(envelope, data);
            AttributionLaws.GroupsAreSums(envelope, data);
        }
    }

    [Fact]
    public void Scalings_of_columns_change_nothing_but_rounding()
    {
        var data = RecipeData.Named("Shifted");
        var reference = new EllipticEnvelopeTrainer { SupportFraction = 1 }.Fit(data);
        foreach (var scaling in (FeatureScaling[])[FeatureScaling.Standard, new RobustWhitening { SupportFraction = 0.75 }])
        {
            var scaled = new EllipticEnvelopeTrainer { SupportFraction = 1, Scaling = scaling }.Fit(data);
            for (int row = 0; row < 50; row++)
            {
                var expected = reference.Attribute(data, row);
                var actual = scaled.Attribute(data, row);
                for (int j = 0; j < data.ColumnCount; j++)
                    Assert.Equal(expected.Contributions[j], actual.Contributions[j], 1e-4 * Math.Max(1, expected.Explained));
            }
        }
    }

    [Fact]
    public void A_row_moved_far_in_one_column_has_that_column_first()
    {
        var data = RecipeData.Draw(5, 500, 6, 0, 0, tails: false);
        foreach (var scaling in (FeatureScaling[])[FeatureScaling.None, FeatureScaling.Standard, new RobustWhitening()])
        {
            var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10, Scaling = scaling }.Fit(data);
            AttributionLaws.NameTheMovedColumn(envelope, data.Cells(3), [12, 12, 12, 12, 12, 12]);
        }
    }

    [Fact]
    public void The_center_has_nothing_to_say()
    {
        var envelope = Of([1, 2], [1, 0, 0.9, 1]);
        Assert.Equal([0, 0], envelope.Attribute([1, 2]).Contributions.ToArray());
        Assert.Empty(envelope.Attribute([1, 2]).Top(2));
    }

    [Fact]
    public void Every_kernel_gives_the_same_bits()
    {
        var data = RecipeData.Named("Wide");
        var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10 }.Fit(data);
        var expected = new EllipticEnvelopeDetector(envelope.Frame, envelope.Model, VectorWidth.Scalar).Attribute(data);
        foreach (var kernel in Enum.GetValues<VectorWidth>())
        {
            var actual = new EllipticEnvelopeDetector(envelope.Frame, envelope.Model, kernel).Attribute(data);
            for (int row = 0; row < data.RowCount; row++)
                Assert.Equal(expected.Contributions(row), actual.Contributions(row));
        }
    }

    private static EllipticEnvelopeDetector Of(double[] location, double[] factor)
    {
        var schema = FeatureSchema.Unnamed(location.Length);
        var data = RecipeData.Draw(1, 50, location.Length, 0, 0, tails: false);
        var fitted = new EllipticEnvelopeTrainer().Fit(data);
        var model = new EllipticEnvelopeModel(location, [.. Enumerable.Range(0, location.Length)], factor)
        {
            LogDeterminant = 0,
            Shrinkage = 0,
            SubsetSize = 1,
            Support = [true],
            Findings = [],
            Relations = new LinearRelations(schema.ColumnCount),
            Law = fitted.Model.Law,
        };
        return new EllipticEnvelopeDetector(fitted.Frame, model);
    }
}
