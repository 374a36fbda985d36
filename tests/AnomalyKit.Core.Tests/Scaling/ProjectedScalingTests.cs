using AnomalyKit.Numerics;

namespace AnomalyKit.Core.Tests.Scaling;

public class ProjectedScalingTests
{
    [Fact]
    public void Narrow_data_is_only_scaled()
    {
        var data = Draw(50, 8);
        Assert.Equal(FeatureScaling.Standard.Fit(data, new FitContext()), FeatureScaling.Projected(8).Fit(data, new FitContext()));
        Assert.True(FeatureScaling.Projected(8, FeatureScaling.None).Fit(data, new FitContext()).IsIdentity);
    }

    [Fact]
    public void Wide_data_is_projected_onto_orthonormal_directions_and_says_so()
    {
        var transform = Assert.IsType<WhiteningTransform>(FeatureScaling.Projected(20, FeatureScaling.Robust, 3).Fit(Draw(60, 200), new FitContext()));
        Assert.Equal((200, 20), (transform.InputColumns, transform.OutputColumns));
        Assert.True(transform.CarriesBack);
        for (int i = 0; i < 20; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(i == j ? 1 : 0, Dot(transform.Eigenvectors.Slice(i * 200, 200), transform.Eigenvectors.Slice(j * 200, 200)), 1e-12);
        }

        var finding = Assert.Single(transform.Findings);
        Assert.Equal(DataFindingKind.Projected, finding.Kind);
        Assert.Equal("200 columns were projected onto 20 random orthonormal directions.", finding.Message);
    }

    [Fact]
    public void Distances_keep_their_proportions()
    {
        var data = Draw(40, 1000);
        var transform = FeatureScaling.Projected(100, FeatureScaling.None, 5).Fit(data, new FitContext());
        var image = new float[40 * 100];
        transform.Apply(data.ContiguousCells(0), image);
        for (int row = 1; row < 40; row++)
        {
            double before = Distance(data.ContiguousCells(0).ToArray(), 1000, row);
            double after = Distance(image, 100, row);
            // The expected share is √(100 / 1000); of 39 pairs none errs by as much as five standard deviations, 1 / √200.
            Assert.InRange(after / before / Math.Sqrt(0.1), 0.65, 1.35);
        }
    }

    [Fact]
    public void Other_seeds_give_other_directions_and_one_seed_the_same()
    {
        var data = Draw(30, 40);
        Assert.Equal(Fit(1), Fit(1));
        Assert.NotEqual(Fit(1), Fit(2));

        FeatureTransform Fit(ulong seed) => FeatureScaling.Projected(10, seed: seed).Fit(data, new FitContext());
    }

    [Fact]
    public void It_is_written_and_read_back()
    {
        var scaling = FeatureScaling.Projected(64, FeatureScaling.QuantileRange(0.1), ulong.MaxValue);
        Assert.Equal("projected:64,quantile-range:0.1,18446744073709551615", scaling.ToText());
        Assert.Equal(scaling, FeatureScaling.Parse(scaling.ToText()!));
        Assert.Equal(FeatureScaling.Projected(64), FeatureScaling.Parse("projected:64"));
        Assert.Throws<FormatException>(() => FeatureScaling.Parse("projected"));
    }

    [Fact]
    public void What_cannot_be_projected_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureScaling.Projected(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => FeatureScaling.Projected(16_385));
        Assert.Contains("none, standard, min-max, robust or quantile-range", Assert.Throws<ArgumentException>(() => FeatureScaling.Projected(5, FeatureScaling.Projected(5))).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => FeatureScaling.Parse("projected:5,projected:3"));
    }

    private static FeatureMatrix Draw(int rows, int columns)
    {
        var random = new CounterRandom(9);
        return FeatureMatrix.Wrap(Array.ConvertAll(new float[rows * columns], _ => (float)random.NextGaussian()), columns);
    }

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }

    private static double Distance(float[] cells, int columns, int row) =>
        Math.Sqrt(Enumerable.Range(0, columns).Sum(column => Math.Pow(cells[column] - cells[(row * columns) + column], 2)));
}
