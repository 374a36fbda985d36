using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>What is read of a file is a calibration, or is refused with what is wrong.</summary>
public class CalibrationFileTests
{
    private const double Infinite = double.PositiveInfinity;

    [Fact]
    public void Every_calibration_survives_a_file_to_the_bit()
    {
        float[][] samples = [[1, 2, 3, 4, 7.5f, 7.5f], [5, 5, 5], [-3, -1, 0, 250]];
        ScoreCalibration[] recipes =
        [
            ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.LogZScore, ScoreCalibration.Rank(TailScale.Surprisal),
            ScoreCalibration.Gaussian(), ScoreCalibration.Gamma(TailScale.Surprisal), ScoreCalibration.Conformal(),
        ];
        foreach (float[] scores in samples)
        {
            foreach (var recipe in recipes)
            {
                var fitted = recipe.Fit(scores)!;
                var writer = new ModelWriter();
                fitted.WriteTo(writer);
                var read = Read(writer);
                Assert.Equal(fitted.Definition, read.Definition);
                foreach (double score in (double[])[-4, -3, 0, 1, 3.5, 5, 6, 7.5, 8, 250, 1e9])
                    Assert.Equal(fitted.Calibrate(score), read.Calibrate(score));
            }
        }
    }

    [Theory]
    [InlineData(Infinite, 1)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(0, Infinite)]
    public void A_linear_calibration_needs_finite_numbers_and_a_scale(double center, double scale) =>
        Refused("its linear calibration is not finite", "linear", ("center", center), ("scale", scale));

    [Theory]
    [InlineData(-Infinite, 1)]
    [InlineData(0, -1)]
    [InlineData(0, Infinite)]
    public void A_Gaussian_calibration_needs_finite_numbers(double mean, double deviation) =>
        Refused("its Gaussian calibration is not finite", "gaussian", ("mean", mean), ("deviation", deviation));

    [Theory]
    [InlineData(Infinite, 1, 1)]
    [InlineData(0, -1, 1)]
    [InlineData(0, Infinite, 1)]
    [InlineData(0, 1, -1)]
    [InlineData(0, 1, Infinite)]
    [InlineData(0, 0, 1)]          // a shape of 0
    [InlineData(0, 1e-300, 1)]     // a shape that underflows
    [InlineData(0, 1e200, 1)]      // one that overflows
    [InlineData(0, 2, 1e-320)]
    public void A_gamma_calibration_needs_finite_numbers_and_a_shape(double origin, double mean, double variance) =>
        Refused("its gamma calibration is not finite or has no shape", "gamma", ("origin", origin), ("mean", mean), ("variance", variance));

    [Theory]
    [InlineData(Infinite, 1, 0, 1)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, -1, 0, 1)]
    [InlineData(0, Infinite, 0, 1)]
    [InlineData(0, 1, Infinite, 1)]
    [InlineData(0, 1, 0, 0)]
    [InlineData(0, 1, 0, -1)]
    [InlineData(0, 1, 0, Infinite)]
    public void A_logarithmic_calibration_needs_numbers_in_range(double least, double offset, double mean, double deviation) =>
        Refused("its logarithmic calibration is out of range", "logarithmic", ("least", least), ("offset", offset), ("mean", mean), ("deviation", deviation));

    [Fact]
    public void Numbers_at_the_edge_are_read()
    {
        Assert.Equal(0, Read(Written("gaussian", ("mean", 2), ("deviation", 0))).Calibrate(2));
        Assert.Equal(1, Read(Written("gaussian", ("mean", 2), ("deviation", 0))).Calibrate(3));
        Assert.Equal(0, Read(Written("gamma", ("origin", 0), ("mean", 2), ("variance", 0))).Calibrate(2));
        Assert.Equal(0, Read(Written("gamma", ("origin", 0), ("mean", 0), ("variance", 0))).Calibrate(0));
    }

    [Fact]
    public void Conformal_scores_are_ascending_and_at_least_one()
    {
        Assert.Contains("not sorted", Assert.Throws<ModelFormatException>(() => Read(Conformal([1, 3, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("no calibration scores", Assert.Throws<ModelFormatException>(() => Read(Conformal([]))).Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.IsType<ConformalCalibrator>(Read(Conformal([4]))).CalibrationRowCount);
        Assert.Equal(3, Assert.IsType<ConformalCalibrator>(Read(Conformal([4, 4, 5]))).CalibrationRowCount);
    }

    [Fact]
    public void A_kind_that_nobody_knows_is_named() =>
        Assert.Contains("unknown kind 'isotonic'", Assert.Throws<ModelFormatException>(() => Read(Written("isotonic"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Null_is_refused()
    {
        Assert.Equal("reader", Assert.Throws<ArgumentNullException>(() => ScoreCalibrator.TryRead(null!)).ParamName);
        Assert.Equal("writer", Assert.Throws<ArgumentNullException>(() => ScoreCalibration.MinMax.Fit([1, 2])!.WriteTo(null!)).ParamName);
    }

    private static void Refused(string words, string kind, params (string Name, double Value)[] numbers) =>
        Assert.Contains(words, Assert.Throws<ModelFormatException>(() => Read(Written(kind, numbers))).Message, StringComparison.Ordinal);

    private static ModelWriter Conformal(float[] scores)
    {
        var writer = Written("conformal");
        writer.Add("scores", scores.AsMemory());
        return writer;
    }

    private static ModelWriter Written(string kind, params (string Name, double Value)[] numbers)
    {
        var writer = new ModelWriter();
        writer.Set("kind", kind);
        if (kind is not ("linear" or "logarithmic"))
            writer.Set("scale", "probability");
        foreach (var (name, value) in numbers)
            writer.Set(name, value);
        return writer;
    }

    private static ScoreCalibrator Read(ModelWriter writer)
    {
        using var file = new MemoryStream();
        writer.Save(file);
        file.Position = 0;
        return ScoreCalibrator.TryRead(new ModelReader(ModelContents.Read(file)))!;
    }
}
