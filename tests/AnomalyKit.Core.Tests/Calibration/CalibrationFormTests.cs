namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>How calibrations are written as text, what they refuse, and what they say of themselves.</summary>
public class CalibrationFormTests
{
    private static readonly (string Text, ScoreCalibration Recipe, string Name)[] Written =
    [
        ("none", ScoreCalibration.None, "none"), ("robust-z", ScoreCalibration.RobustZ, "robust z"), ("z-score", ScoreCalibration.ZScore, "z-score"),
        ("min-max", ScoreCalibration.MinMax, "min-max"), ("log-z-score", ScoreCalibration.LogZScore, "logarithmic z-score"),
        ("rank:surprisal", ScoreCalibration.Rank(TailScale.Surprisal), "rank"), ("gaussian:surprisal", ScoreCalibration.Gaussian(TailScale.Surprisal), "Gaussian"),
        ("gamma:probability", ScoreCalibration.Gamma(), "gamma"), ("conformal:0.1,7,surprisal", ScoreCalibration.Conformal(0.1, 7, TailScale.Surprisal), "conformal, 0.1 of the rows set aside"),
    ];

    public static TheoryData<int> Forms => [.. Enumerable.Range(0, Written.Length)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_text_and_its_calibration_become_each_other(int index)
    {
        var (text, recipe, name) = Written[index];
        Assert.Equal(recipe, ScoreCalibration.Parse(text));
        Assert.Equal(text, recipe.ToText());
        Assert.Equal(name, recipe.ToString());
    }

    [Fact]
    public void Texts_leave_out_what_has_a_default()
    {
        Assert.Equal(ScoreCalibration.Rank(), ScoreCalibration.Parse("rank"));
        Assert.Equal(ScoreCalibration.Gaussian(), ScoreCalibration.Parse("gaussian"));
        Assert.Equal(ScoreCalibration.Gamma(), ScoreCalibration.Parse("gamma"));
        Assert.Equal(ScoreCalibration.Conformal(), ScoreCalibration.Parse("conformal"));
        Assert.Equal(ScoreCalibration.Conformal(0.4), ScoreCalibration.Parse("conformal:0.4"));
    }

    [Fact]
    public void The_forms_are_listed_and_named_where_a_text_is_none_of_them()
    {
        Assert.Equal(
            ["none", "robust-z", "z-score", "min-max", "log-z-score", "rank[:SCALE]", "gaussian[:SCALE]", "gamma[:SCALE]", "conformal[:HELD-OUT-FRACTION[,SEED[,SCALE]]]"],
            ScoreCalibration.TextForms);
        string message = Assert.Throws<FormatException>(() => ScoreCalibration.Parse("isotonic")).Message;
        Assert.Contains("calibration", message, StringComparison.Ordinal);
        Assert.All(ScoreCalibration.TextForms, form => Assert.Contains(form, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_fitted_calibration_says_what_its_scores_are()
    {
        (ScoreCalibration Recipe, string Definition)[] said =
        [
            (ScoreCalibration.Rank(), "1 - p, p from the rank among the training scores"), (ScoreCalibration.Rank(TailScale.Surprisal), "-log10 p, p from the rank among the training scores"),
            (ScoreCalibration.Gaussian(), "1 - p, p from a normal distribution"), (ScoreCalibration.Gamma(), "1 - p, p from a gamma distribution"),
            (ScoreCalibration.Conformal(), "1 - p, p from the ranks among rows set aside"), (ScoreCalibration.MinMax, "(score - 1) / 3"),
        ];
        foreach (var (recipe, definition) in said)
            Assert.Equal(definition, recipe.Fit([1, 2, 3, 4])!.Definition);
    }

    [Fact]
    public void What_is_out_of_range_is_refused_with_the_range()
    {
        foreach (double fraction in (double[])[0, -0.1, 0.9000001, double.NaN])
        {
            var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCalibration.Conformal(fraction));
            Assert.Equal("heldOutFraction", thrown.ParamName);
            Assert.Contains("above 0 and at most 0.9", thrown.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0.9, ScoreCalibration.Conformal(0.9).HeldOutFraction);
        Assert.Contains("TailScale.Probability or TailScale.Surprisal", Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCalibration.Rank((TailScale)2)).Message, StringComparison.Ordinal);
        Assert.Contains("'rank' needs at least one score", Assert.Throws<ArgumentException>(() => ScoreCalibration.Rank().Fit([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_cannot_be_used_are_refused()
    {
        Assert.Contains("2 weights for 3 scores", Assert.Throws<ArgumentException>(() => ScoreCalibration.ZScore.Fit([1, 2, 3], [1, 2])).Message, StringComparison.Ordinal);
        foreach (double bad in (double[])[-1, double.NaN, double.PositiveInfinity])
            Assert.Equal("weights", Assert.Throws<ArgumentException>(() => ScoreCalibration.ZScore.Fit([1, 2, 3], [1, bad, 2])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => ScoreCalibration.ZScore.Fit([1, 2, 3], [0, 0, 0])).ParamName);
    }

    [Fact]
    public void Spans_of_scores_are_checked()
    {
        var calibrator = ScoreCalibration.Rank().Fit([1, 2, 3, 4])!;
        Assert.Contains("2 scores, but room for 3", Assert.Throws<ArgumentException>(() => calibrator.Calibrate([1, 2], new float[3])).Message, StringComparison.Ordinal);
        Assert.Contains("Score 1 is NaN", Assert.Throws<ArgumentException>(() => calibrator.Calibrate([1, float.NaN], new float[2])).Message, StringComparison.Ordinal);
        Assert.Contains("must be a number", Assert.Throws<ArgumentOutOfRangeException>(() => calibrator.Calibrate(double.NaN)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gamma_calibration_of_negative_scores_counts_from_the_least()
    {
        float[] scores = [-8, -7.5f, -7, -6.25f, -6, -4, -1, 3];
        var negative = Assert.IsAssignableFrom<TailCalibrator>(ScoreCalibration.Gamma().Fit(scores));
        var moved = Assert.IsAssignableFrom<TailCalibrator>(ScoreCalibration.Gamma().Fit([.. scores.Select(score => score + 8)]));
        foreach (double score in (double[])[-8, -5, -4, 0, 3, 10])
            Assert.Equal(moved.TailProbability(score + 8), negative.TailProbability(score), 1e-12);
        Assert.InRange(negative.TailProbability(3), 1e-9, 0.2);
    }
}
