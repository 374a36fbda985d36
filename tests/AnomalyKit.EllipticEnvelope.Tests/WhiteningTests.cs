using AnomalyKit.Persistence;

namespace AnomalyKit.EllipticEnvelope.Tests;

/// <summary>Robust whitening makes the bulk round, keeps robust distances, and travels inside other detectors' files.</summary>
public sealed class WhiteningTests
{
    [Theory]
    [InlineData("Shifted")]
    [InlineData("Many")]
    public void Squared_lengths_of_images_are_the_envelopes_scores(string set)
    {
        var data = RecipeData.Named(set);
        var envelope = new EllipticEnvelopeTrainer { SupportFraction = 0.75 }.Fit(data);
        var transform = new RobustWhitening { SupportFraction = 0.75 }.Fit(data, new FitContext());
        float[] scores = envelope.Score(data);
        float[] images = Images(transform, data);
        int p = transform.OutputColumns;
        Assert.Equal(data.ColumnCount, p);
        for (int row = 0; row < data.RowCount; row++)
        {
            double length = images.AsSpan(row * p, p).ToArray().Sum(value => (double)value * value);
            Assert.Equal(1, length / scores[row], 1e-5);
        }
    }

    [Fact]
    public void The_bulk_of_the_images_is_round()
    {
        var data = RecipeData.Draw(21, 5000, 6, 8, 12, tails: false);
        var transform = new RobustWhitening().Fit(data, new FitContext());
        var whitened = FeatureMatrix.Wrap(Images(transform, data), 6);
        int[] bulk = [.. Enumerable.Range(0, 5000).Where(row => row % 8 != 0)];
        var (mean, covariance) = Naive.Moments(whitened, bulk);
        // An eighth of the rows are far away and the support leaves out a quarter: some normal rows are missed, so the spread comes out a little below 1.
        double spread = Enumerable.Range(0, 6).Average(i => covariance[i, i]);
        Assert.InRange(spread, 0.8, 1);
        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(0, mean[i], 0.1);
            for (int j = 0; j < 6; j++)
                Assert.Equal(i == j ? spread : 0, covariance[i, j], 0.06);
        }
    }

    [Fact]
    public void Columns_in_other_units_give_the_same_distances_between_rows()
    {
        var data = RecipeData.Named("Tails");
        float[] cells = data.ContiguousCells(0).ToArray();
        for (int i = 0; i < cells.Length; i++)
            cells[i] *= 1 << (3 * (i % 5));
        var scaled = FeatureMatrix.Wrap(cells, 5);
        float[] first = Images(new RobustWhitening().Fit(data, new FitContext()), data);
        float[] second = Images(new RobustWhitening().Fit(scaled, new FitContext()), scaled);
        for (int row = 1; row < data.RowCount; row++)
        {
            double expected = Distance(first, row);
            Assert.Equal(1, Distance(second, row) / expected, 1e-4);
        }

        static double Distance(float[] images, int row) =>
            Math.Sqrt(Enumerable.Range(0, 5).Sum(j => Math.Pow(images[(row * 5) + j] - images[((row - 1) * 5) + j], 2)));
    }

    [Fact]
    public void Narrow_directions_can_be_dropped()
    {
        var data = RecipeData.Named("Many");
        var all = (WhiteningTransform)new RobustWhitening().Fit(data, new FitContext());
        var fewer = (WhiteningTransform)new RobustWhitening { ExplainedSpread = 0.8 }.Fit(data, new FitContext());
        Assert.InRange(fewer.OutputColumns, 1, 9);
        Assert.Equal(all.Eigenvalues[..fewer.OutputColumns].ToArray(), fewer.Eigenvalues.ToArray());
        double explained = fewer.Eigenvalues.ToArray().Sum() / all.Eigenvalues.ToArray().Sum();
        Assert.InRange(explained, 0.8, 1);
        Assert.Equal(10, all.Eigenvalues.ToArray().Sum(), 1e-9);
    }

    [Fact]
    public void A_forest_takes_it_as_its_scaling_and_keeps_it_in_its_file()
    {
        var data = RecipeData.Named("Many");
        var forest = new IsolationForestTrainer { Scaling = new RobustWhitening() }.Fit(data);
        using var stream = new MemoryStream();
        forest.Save(stream);
        stream.Position = 0;
        var loaded = IsolationForestDetector.Load(stream);
        Assert.Equal(forest.Score(data), loaded.Score(data));
        Assert.Equal(forest.Transform, loaded.Transform);

        // Programs written when whitening was not a transform of the core list it themselves.
        stream.Position = 0;
        var catalog = new ModelCatalog([IsolationForestDetector.Format], [WhiteningTransform.Format]);
        Assert.Equal(forest.Score(data), catalog.Load(stream).Score(data));
    }

    [Fact]
    public void Constant_and_collinear_columns_leave_one_output_for_all_of_them()
    {
        float[] cells = [.. Enumerable.Range(0, 400).Select(i => (i % 4) switch { 0 => i % 97, 1 => 5f, 2 => i % 89, _ => (i - 3) % 97 })];
        var transform = new RobustWhitening().Fit(FeatureMatrix.Wrap(cells, 4), new FitContext());
        Assert.Equal(2, ((WhiteningTransform)transform).Eigenvalues.Length);
        Assert.Equal(3, transform.OutputColumns);
        var constant = new RobustWhitening().Fit(FeatureMatrix.Wrap(new float[40], 4), new FitContext());
        Assert.Equal(2, constant.OutputColumns);
        Assert.Equal(new float[20], Images(constant, FeatureMatrix.Wrap(new float[40], 4)));
    }

    private static float[] Images(FeatureTransform transform, FeatureMatrix data)
    {
        var images = new float[data.RowCount * transform.OutputColumns];
        transform.Apply(data.ContiguousCells(0), images);
        return images;
    }
}
