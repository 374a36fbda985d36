namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Interventional values: what the background rows are used for, and which are refused.</summary>
public class AttributionBackgroundTests
{
    private static readonly FeatureMatrix Data = RecipeData.Normals(400, 4);
    private static readonly IsolationForestDetector Forest = new IsolationForestTrainer { TreeCount = 25 }.Fit(Data);

    [Fact]
    public void The_mean_over_two_halves_of_a_background_is_the_answer_over_the_whole()
    {
        var whole = Forest.Attribute([3f, 0f, -1f, 0.5f], new AttributionOptions { Background = Data.Slice(0, 300) });
        var one = Forest.Attribute([3f, 0f, -1f, 0.5f], new AttributionOptions { Background = Data.Slice(0, 150) });
        var other = Forest.Attribute([3f, 0f, -1f, 0.5f], new AttributionOptions { Background = Data.Slice(150, 150) });
        Assert.Equal(whole.Baseline, (one.Baseline + other.Baseline) / 2, 1e-12);
        for (int i = 0; i < 4; i++)
            Assert.Equal(whole.Contributions[i], (one.Contributions[i] + other.Contributions[i]) / 2, 1e-12);
        Assert.NotEqual(one.Contributions[0], other.Contributions[0], 1e-4);
        Assert.Contains("interventional", whole.Info.Method, StringComparison.Ordinal);
    }

    [Fact]
    public void The_baseline_is_the_mean_of_what_the_background_rows_explain()
    {
        var background = Data.Slice(10, 77);
        double mean = 0;
        foreach (double explained in Forest.Attribute(background, new AttributionOptions { Background = background }).Explained)
            mean += explained / 77;
        Assert.Equal(mean, Forest.Attribute(Data.Cells(0), new AttributionOptions { Background = background }).Baseline, 1e-12);
    }

    [Fact]
    public void A_row_that_is_its_own_background_has_nothing_to_explain()
    {
        var attribution = Forest.Attribute(Data.Cells(5), new AttributionOptions { Background = Data.Slice(5, 1) });
        Assert.Equal([0, 0, 0, 0], attribution.Contributions);
        Assert.Equal(attribution.Baseline, attribution.Explained);
    }

    [Fact]
    public void A_background_in_other_offsets_is_the_same_background()
    {
        var schema = new FeatureSchema(Data.Schema.ColumnNames, [0, 2, 0, 0]);
        var moved = new float[12];
        for (int i = 0; i < 12; i++)
            moved[i] = Data.Cells(i / 4)[i % 4] - (i % 4 == 1 ? 2 : 0);
        var same = Forest.Attribute(Data.Cells(9), new AttributionOptions { Background = Data.Slice(0, 3) });
        var other = Forest.Attribute(Data.Cells(9), new AttributionOptions { Background = FeatureMatrix.Wrap(moved, schema) });
        for (int i = 0; i < 4; i++)
            Assert.Equal(same.Contributions[i], other.Contributions[i], 1e-9);
    }

    [Fact]
    public void Backgrounds_that_do_not_fit_are_refused()
    {
        Assert.Contains("columns", Refusal(RecipeData.Normals(5, 3)), StringComparison.Ordinal);
        Assert.Contains("no rows", Refusal(FeatureMatrix.Wrap(Array.Empty<float>(), 4)), StringComparison.Ordinal);
        float[] cells = new float[12];
        cells[6] = float.NaN;
        var background = FeatureMatrix.Wrap(cells, FeatureSchema.Unnamed(4).WithMissing("f2"));
        Assert.Contains("f2", Assert.Throws<FeatureDataException>(() => Forest.CreateAttributor(new AttributionOptions { Background = background })).Message, StringComparison.Ordinal);

        static string Refusal(FeatureMatrix background) =>
            Assert.Throws<ArgumentException>(() => Forest.CreateAttributor(new AttributionOptions { Background = background })).Message;
    }
}
