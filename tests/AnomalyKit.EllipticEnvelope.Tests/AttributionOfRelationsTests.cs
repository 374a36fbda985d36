using AnomalyKit.Tests;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Constant columns, copies, and rows that break what all training rows keep.</summary>
public sealed class AttributionOfRelationsTests
{
    public static TheoryData<string> Scalings => new("none", "standard", "whitening");

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Copies_share_alike_and_constants_get_nothing(string scaling)
    {
        var plain = RecipeData.Draw(9, 300, 3, 9, 6, tails: false);
        var data = Widened(plain);
        var envelope = Trainer(scaling).Fit(data);
        var reference = Trainer(scaling).Fit(plain);
        AttributionLaws.AddUp(envelope, data);
        AttributionLaws.AreTheSameInAnyBatch(envelope, data);
        for (int row = 0; row < 60; row++)
        {
            var expected = reference.Attribute(plain, row);
            var actual = envelope.Attribute(data, row);
            double tolerance = 1e-5 * Math.Max(1, expected.Explained);
            Assert.Equal(0, actual.Contributions[3]);
            Assert.Equal(actual.Contributions[1], actual.Contributions[4], tolerance);
            // The copy is −2 times the column: another unit, the same column.
            Assert.Equal(expected.Contributions[1], actual.Contributions[1] + actual.Contributions[4], tolerance);
            Assert.Equal(expected.Contributions[0], actual.Contributions[0], tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void A_broken_relation_goes_to_the_column_that_was_moved(string scaling)
    {
        var data = Widened(RecipeData.Draw(9, 300, 3, 0, 0, tails: false));
        var envelope = Trainer(scaling).Fit(data);
        float[] moved = [];
        for (int column = 0; column < data.ColumnCount; column++)
        {
            float[] row = data.Cells(7).ToArray();
            row[column] += 9;
            moved = [.. moved, .. row];
            var attribution = envelope.Attribute(row);
            Assert.Equal(column, attribution.Top(1)[0].Index);
            Assert.True(attribution.Score > 1e4 || column is 0 or 2);
        }

        AttributionLaws.AddUp(envelope, FeatureMatrix.Wrap(moved, data.ColumnCount));
    }

    [Fact]
    public void Cells_are_measured_against_what_the_others_say()
    {
        var data = RecipeData.Draw(3, 2000, 4, 0, 0, tails: false);
        var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10, SupportFraction = 1 }.Fit(data);
        var columns = new double[4];
        for (int row = 0; row < data.RowCount; row++)
        {
            double[] cells = envelope.CellOutlyingness(data.Cells(row));
            for (int j = 0; j < 4; j++)
                columns[j] += cells[j] * cells[j] / data.RowCount;
        }

        Assert.All(columns, square => Assert.Equal(1, square, 0.01));

        // Column 1 is half of column 0 and noise of deviation 1: its conditional deviation falls by column 2 to √(1 / 1.25).
        double[] residuals = envelope.CellOutlyingness([0f, 10f, 5f, 2.5f]);
        Assert.Equal(10 * Math.Sqrt(1.25) * (1 - (0.5 * 0.5 / 1.25)), residuals[1], 0.5);
        Assert.True(residuals[0] < -3);
        Assert.Equal(residuals, envelope.CellOutlyingness([0.0, 10.0, 5.0, 2.5]));
        Assert.Throws<ArgumentException>(() => envelope.CellOutlyingness([1f]));
        Assert.Throws<FeatureDataException>(() => envelope.CellOutlyingness([0f, float.NaN, 5f, 2.5f]));
    }

    [Fact]
    public void Cells_of_columns_without_a_spread_are_measured_by_their_relations()
    {
        var data = Widened(RecipeData.Draw(9, 300, 3, 0, 0, tails: false));
        var envelope = new EllipticEnvelopeTrainer { RandomStarts = 10 }.Fit(data);
        float[] row = data.Cells(7).ToArray();
        double[] kept = envelope.CellOutlyingness(row);
        Assert.Equal(0, kept[3]);
        Assert.Equal(0, kept[4]);
        row[3] -= 1;
        row[4] += 1;
        double[] broken = envelope.CellOutlyingness(row);
        Assert.True(broken[3] <= -0.99);
        Assert.True(broken[4] > 100);
        Assert.Equal(kept[..3], broken[..3]);
    }

    private static EllipticEnvelopeTrainer Trainer(string scaling) => new()
    {
        RandomStarts = 10,
        SupportFraction = 1,
        Scaling = scaling switch
        {
            "standard" => FeatureScaling.Standard,
            "whitening" => new RobustWhitening { SupportFraction = 1 },
            _ => FeatureScaling.None,
        },
    };

    /// <summary>Three columns, a constant one, and −2 times the second.</summary>
    private static FeatureMatrix Widened(FeatureMatrix data)
    {
        var cells = new float[data.RowCount * 5];
        for (int row = 0; row < data.RowCount; row++)
        {
            var source = data.Cells(row);
            float[] target = [source[0], source[1], source[2], 4, -2 * source[1]];
            target.CopyTo(cells, row * 5);
        }

        return FeatureMatrix.Wrap(cells, 5);
    }
}
