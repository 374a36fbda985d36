namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Columns that were constant in training: nothing where a row keeps them, what they add to the score where it departs.</summary>
public class AttributionConstantTests
{
    /// <summary>Five columns; 1 and 3 are constant (20 and 0).</summary>
    private static readonly FeatureMatrix Data = WithConstants();
    private static readonly IsolationForestDetector Forest = new IsolationForestTrainer { TreeCount = 30 }.Fit(Data);

    [Fact]
    public void Constants_that_a_row_keeps_contribute_exactly_nothing()
    {
        foreach (var background in (FeatureMatrix?[])[null, Data.Slice(0, 9)])
        {
            var batch = Forest.Attribute(Data, new AttributionOptions { Background = background });
            for (int row = 0; row < Data.RowCount; row++)
            {
                Assert.Equal(0, batch.Contributions(row)[1]);
                Assert.Equal(0, batch.Contributions(row)[3]);
            }
        }

        AttributionRoutingTests.AssertSameRows(Forest, Data, new AttributionOptions());
    }

    [Theory]
    [InlineData(20.001f, 0f)]
    [InlineData(22f, 0f)]
    [InlineData(20f, -1f)]
    [InlineData(22f, 6f)]
    [InlineData(-1e30f, 1e30f)]
    public void What_departures_add_is_credited_to_their_columns_in_proportion(float first, float second)
    {
        float[] kept = [0.3f, 20, -1, 0, 2];
        float[] departed = [0.3f, first, -1, second, 2];
        var before = Forest.Attribute(kept);
        var after = Forest.Attribute(departed);
        foreach (int column in (int[])[0, 2, 4])
            Assert.Equal(before.Contributions[column], after.Contributions[column]);
        Assert.Equal(before.Baseline, after.Baseline);
        Assert.Equal(after.Score, Forest.CreateAttributor().ScoreOf(after.Explained), 1e-5);
        double gained = after.Contributions[1] + after.Contributions[3];
        Assert.True(gained > 0);
        Assert.Equal(after.Explained - before.Explained, gained, 1e-10);
        double u1 = Math.Max(Math.Abs((double)first - 20) - (20 * Math.Pow(2, -20)), 0);
        double u3 = Math.Abs((double)second);
        Assert.Equal(u1 / (u1 + u3), after.Contributions[1] / gained, 1e-9);
        Assert.Equal(u3 / (u1 + u3), after.Contributions[3] / gained, 1e-9);
    }

    [Fact]
    public void Grouped_constants_get_their_credit_as_the_group()
    {
        var groups = new ColumnGroups([0, 1, 1, 1, 2], ["a", "b", "c"]);
        float[] row = [0.3f, 21, -1, 0.5f, 2];
        var single = Forest.Attribute(row);
        var grouped = Forest.Attribute(row, new AttributionOptions { Groups = groups });
        Assert.Equal(single.Contributions[1] + single.Contributions[2] + single.Contributions[3], grouped.Contributions[1], 1e-10);
    }

    /// <summary>Background rows that depart lift the baseline, and a row that keeps the constants has that in its favour.</summary>
    [Fact]
    public void Background_rows_that_depart_count_against_the_row()
    {
        float[] cells = Data.ContiguousCells(0, 6).ToArray();
        cells[1] = 23;
        cells[13] = 4;
        var background = FeatureMatrix.Wrap(cells, 5);
        var options = new AttributionOptions { Background = background };
        var usual = Forest.Attribute(background, options);
        double mean = 0;
        foreach (double explained in usual.Explained)
            mean += explained / 6;
        var kept = Forest.Attribute(Data.Cells(40), options);
        Assert.Equal(mean, kept.Baseline, 1e-12);
        Assert.True(kept.Contributions[1] < 0 && kept.Contributions[3] < 0);
        AttributionRoutingTests.AssertSameRows(Forest, Data.Slice(0, 50), options);
        AttributionRoutingTests.AssertSameRows(Forest, background, options);
    }

    private static FeatureMatrix WithConstants()
    {
        float[] cells = RecipeData.Normals(400, 5).ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i += 5)
            (cells[i + 1], cells[i + 3]) = (20, 0);
        return FeatureMatrix.Wrap(cells, 5);
    }
}
