using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>Rank calibrations in files: those of version 0.1.0 say what their numbers say.</summary>
public class RankFileTests
{
    [Fact]
    public void A_calibration_of_version_0_1_0_calibrates_as_it_did()
    {
        // What 0.1.0 wrote of 995 rows of 2 and the rows 3, 4, 5, 6, 7: the tied rows are not counted.
        var few = Read("surprisal", [2], [5.0 / 1001], 0, 2.5);
        Assert.Equal(1, few.TailProbability(1));
        Assert.Equal(5.0 / 1001, few.TailProbability(2));
        Assert.Equal(5.0 / 1001 * Math.Exp(-1), few.TailProbability(4.5), 1e-15);
        Assert.Equal(-Math.Log10(5.0 / 1001), few.Calibrate(2), 1e-15);
        // Of equal rows: nothing was thought to lie above.
        var equal = Read("probability", [1, 2], [0.5, 0.25], 0, 0);
        Assert.Equal(0.5, equal.TailProbability(1));
        Assert.Equal(0.375, equal.TailProbability(1.5));
        Assert.Equal(0.25, equal.TailProbability(2));
        Assert.Equal(1e-300, equal.TailProbability(2.5));
        Assert.Equal(0.625, equal.Calibrate(1.5));
    }

    [Fact]
    public void Steps_of_tied_rows_survive_a_file_to_the_bit()
    {
        var fitted = (TailCalibrator)ScoreCalibration.Rank(TailScale.Surprisal).Fit([.. Enumerable.Repeat(0.1f, 60), .. Enumerable.Range(1, 50).Select(i => 0.1f + (i / 7f))])!;
        var writer = new ModelWriter();
        fitted.WriteTo(writer);
        var read = Read(writer);
        foreach (double score in (double[])[0, 0.1f, Math.BitIncrement((double)0.1f), 0.3, 1, 5, 7, 10])
            Assert.Equal(fitted.TailProbability(score), read.TailProbability(score));
    }

    [Fact]
    public void Numbers_that_are_no_calibration_are_refused()
    {
        (double[] Knots, double[] Tails, double Shape, double Spread)[] bad =
        [
            ([], [], 0, 1), ([1, 1], [0.5, 0.25], 0, 1), ([2, 1], [0.5, 0.25], 0, 1), ([1, 2], [0.25, 0.5], 0, 1), ([1, 2], [1.5, 0.5], 0, 1), ([1, 2], [0.5, 0], 0, 1),
            ([1], [0.5], -0.1, 1), ([1], [0.5], double.PositiveInfinity, 1), ([1], [0.5], 0, -1), ([1], [0.5], 0, double.PositiveInfinity),
        ];
        foreach (var (knots, tails, shape, spread) in bad)
            Assert.Contains("monotone", Assert.Throws<ModelFormatException>(() => Read("surprisal", knots, tails, shape, spread)).Message, StringComparison.Ordinal);
        Assert.Contains("'logits'", Assert.Throws<ModelFormatException>(() => Read("logits", [1], [0.5], 0, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_at_the_edge_are_read()
    {
        var calibrator = Read("probability", [1, 2, 3], [1, 0.25, 0.25], 0, 1);
        Assert.Equal(1, calibrator.TailProbability(1));
        Assert.Equal(0.25, calibrator.TailProbability(2.5));
        Assert.Equal(0.25, calibrator.TailProbability(3));
        Assert.Equal(0.25 * Math.Exp(-1), calibrator.TailProbability(4), 1e-15);
    }

    private static TailCalibrator Read(string scale, double[] knots, double[] tails, double shape, double spread)
    {
        var writer = new ModelWriter();
        writer.Set("kind", "rank");
        writer.Set("scale", scale);
        writer.Add("knots", knots.AsMemory());
        writer.Add("tails", tails.AsMemory());
        writer.Set("shape", shape);
        writer.Set("spread", spread);
        return Read(writer);
    }

    private static TailCalibrator Read(ModelWriter writer)
    {
        using var file = new MemoryStream();
        writer.Save(file);
        file.Position = 0;
        return (TailCalibrator)ScoreCalibrator.TryRead(new ModelReader(ModelContents.Read(file)))!;
    }
}
