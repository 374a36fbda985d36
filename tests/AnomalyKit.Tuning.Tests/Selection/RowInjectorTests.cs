using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning.Tests;

public sealed class RowInjectorTests
{
    /// <summary>Two columns that are one another's double, with a little noise.</summary>
    private static FeatureMatrix Line(int rows = 80, double noise = 0.05)
    {
        var random = new CounterRandom(9);
        var cells = new float[rows * 2];
        for (int row = 0; row < rows; row++)
        {
            double x = random.NextGaussian();
            cells[2 * row] = (float)x;
            cells[(2 * row) + 1] = (float)((2 * x) + (noise * random.NextGaussian()));
        }

        return FeatureMatrix.Wrap(cells, 2);
    }

    private static float[][] Make(InjectedAnomalies kind, FeatureMatrix? data = null, int count = 2000) => new RowInjector(data ?? Line(), 1).Make(kind, count, 0);

    [Fact]
    public void Local_rows_have_five_times_the_covariance()
    {
        var data = Line();
        double own = Variance([.. Enumerable.Range(0, data.RowCount).Select(row => (double)data.Cells(row)[0])]);

        Assert.Equal(5, Variance([.. Make(InjectedAnomalies.Local, data).Select(row => (double)row[0])]) / own, 0.5);
    }

    [Fact]
    public void Local_rows_keep_the_relations_that_all_rows_keep() =>
        Assert.All(Make(InjectedAnomalies.Local, Line(noise: 0)), row => Assert.Equal(2 * row[0], row[1], 1e-4f));

    [Fact]
    public void Global_rows_fill_the_box_and_a_tenth_more()
    {
        var data = Line();
        float low = Enumerable.Range(0, data.RowCount).Min(row => data.Cells(row)[0]);
        float high = Enumerable.Range(0, data.RowCount).Max(row => data.Cells(row)[0]);
        float[] made = [.. Make(InjectedAnomalies.Global, data).Select(row => row[0])];

        Assert.Equal(1.1, (made.Max() - made.Min()) / (high - low), 0.01);
        Assert.Equal(0, Correlation(Make(InjectedAnomalies.Global, data)), 0.1);
    }

    [Fact]
    public void Dependency_rows_have_cells_that_occur_and_do_not_belong_together()
    {
        var data = Line();
        var made = Make(InjectedAnomalies.Dependency, data);
        float[] known = [.. Enumerable.Range(0, data.RowCount).Select(row => data.Cells(row)[1])];

        Assert.All(made, row => Assert.True(known.Min(cell => Math.Abs(cell - row[1])) < 1e-5));
        Assert.Equal(0, Correlation(made), 0.1);
    }

    [Fact]
    public void Clustered_rows_are_a_group_of_their_own()
    {
        var data = Line();
        var made = Make(InjectedAnomalies.Clustered, data);
        double own = Variance([.. Enumerable.Range(0, data.RowCount).Select(row => (double)data.Cells(row)[0])]);
        double[] first = [.. made.Select(row => (double)row[0])];

        Assert.Equal(1, Variance(first) / own, 0.15);
        Assert.True(Math.Abs(first.Average()) > 0.5);
        Assert.True(Correlation(made) > 0.9);
    }

    [Fact]
    public void The_same_seed_makes_the_same_rows() => Assert.Equal(Make(InjectedAnomalies.Clustered, count: 5), Make(InjectedAnomalies.Clustered, count: 5));

    private static double Variance(double[] values) => values.Average(value => (value - values.Average()) * (value - values.Average()));

    private static double Correlation(float[][] rows)
    {
        double[] one = [.. rows.Select(row => (double)row[0])];
        double[] other = [.. rows.Select(row => (double)row[1])];
        return one.Zip(other).Average(pair => (pair.First - one.Average()) * (pair.Second - other.Average())) / Math.Sqrt(Variance(one) * Variance(other));
    }
}
