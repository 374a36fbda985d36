namespace AnomalyKit.Tests;

/// <summary>Values that are written as text, and read back as what they were.</summary>
public sealed class TextFormTests
{
    public static TheoryData<ThresholdRule, string> Rules => new()
    {
        { ThresholdRule.Contamination(0.002), "contamination:0.002" },
        { ThresholdRule.Quantile(0.99), "quantile:0.99" },
        { ThresholdRule.MedianAbsoluteDeviation(), "mad:3.5" },
        { ThresholdRule.InterquartileRange(), "iqr:1.5" },
        { ThresholdRule.ParetoTail(1e-4, 0.05), "pareto:0.0001,0.05" },
        { ThresholdRule.WidestGap(0.01), "widest-gap:0.01,1.5" },
        { ThresholdRule.Knee(), "knee" },
        { ThresholdRule.FalsePositiveRate(0.01), "false-positive-rate:0.01" },
        { ThresholdRule.Fixed(0.6), "fixed:0.6" },
        { ThresholdRule.Fixed(-1e300), "fixed:-1E+300" },
        { ThresholdRule.Fixed(double.PositiveInfinity), "fixed:Infinity" },
    };

    public static TheoryData<ScoreCalibration, string> Calibrations => new()
    {
        { ScoreCalibration.None, "none" },
        { ScoreCalibration.RobustZ, "robust-z" },
        { ScoreCalibration.ZScore, "z-score" },
        { ScoreCalibration.MinMax, "min-max" },
        { ScoreCalibration.LogZScore, "log-z-score" },
        { ScoreCalibration.Rank(TailScale.Surprisal), "rank:surprisal" },
        { ScoreCalibration.Gaussian(), "gaussian:probability" },
        { ScoreCalibration.Gamma(TailScale.Surprisal), "gamma:surprisal" },
        { ScoreCalibration.Conformal(0.1, ulong.MaxValue, TailScale.Surprisal), "conformal:0.1,18446744073709551615,surprisal" },
    };

    public static TheoryData<MissingCells, string> Missing => new()
    {
        { MissingCells.Refuse, "refuse" },
        { MissingCells.Median, "median" },
        { MissingCells.Mean.WithIndicator(), "mean,indicator" },
        { MissingCells.MostFrequent, "most-frequent" },
        { MissingCells.Native, "native" },
        { MissingCells.Constant(-1.5), "constant:-1.5" },
        { MissingCells.Constant("unknown"), "constant:unknown" },
        { MissingCells.Constant("7"), "constant:\"7\"" },
        { MissingCells.Constant("\"7\""), "constant:\"\"7\"\"" },
        { MissingCells.Constant("x,indicator"), "constant:\"x,indicator\"" },
        { MissingCells.Constant("x,Indicator").WithIndicator(), "constant:\"x,Indicator\",indicator" },
        { MissingCells.Constant(string.Empty), "constant:" },
        { MissingCells.Constant("ends with \""), "constant:ends with \"" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void Threshold_rules_are_written_and_read_back(ThresholdRule rule, string text)
    {
        Assert.Equal(text, rule.ToText());
        Assert.Equal(rule, ThresholdRule.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Calibrations))]
    public void Calibrations_are_written_and_read_back(ScoreCalibration calibration, string text)
    {
        Assert.Equal(text, calibration.ToText());
        Assert.Equal(calibration, ScoreCalibration.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Missing))]
    public void Rules_for_missing_cells_are_written_and_read_back(MissingCells rule, string text)
    {
        Assert.Equal(text, rule.ToText());
        Assert.Equal(rule, MissingCells.Parse(text));
    }

    [Fact]
    public void Defaults_may_be_left_out()
    {
        Assert.Equal(ThresholdRule.MedianAbsoluteDeviation(3.5), ThresholdRule.Parse("MAD"));
        Assert.Equal(ThresholdRule.ParetoTail(1e-3, 0.02), ThresholdRule.Parse("pareto"));
        Assert.Equal(ThresholdRule.ParetoTail(1e-4, 0.02), ThresholdRule.Parse("pareto: 1e-4"));
        Assert.Equal(ThresholdRule.Contamination(5.0 / 720), ThresholdRule.Parse("contamination:5/720"));
        Assert.Equal(ThresholdRule.WidestGap(0.01, 2), ThresholdRule.Parse("widest-gap:1/100,2"));
        Assert.Equal(ThresholdRule.FalsePositiveRate(0.002), ThresholdRule.Parse("false-positive-rate:1 / 500"));
        Assert.Equal(ScoreCalibration.Conformal(0.25, 0), ScoreCalibration.Parse("conformal:1/4"));
        Assert.Equal(ScoreCalibration.Conformal(0.25, 0), ScoreCalibration.Parse("conformal"));
        Assert.Equal(FeatureScaling.MinMax, FeatureScaling.Parse("MinMax"));
        Assert.Equal(SvmKernel.Polynomial(3, KernelGamma.OverVariance, 0), SvmKernel.Parse("polynomial"));
        Assert.Equal(LayerWidths.Reference, LayerWidths.Parse("16-8-16"));
        Assert.Equal(MissingCells.MostFrequent, MissingCells.Parse("MostFrequent"));
    }

    [Theory]
    [InlineData("contamination:0.7", "The threshold rule 'contamination:0.7' cannot be used: The expected fraction of anomalies must be between 0 and 0.5. A fraction is written like 0.01 or like 5/720.")]
    [InlineData("contamination:5", "The threshold rule 'contamination:5' cannot be used: The expected fraction of anomalies must be between 0 and 0.5. A fraction is written like 0.01 or like 5/720.")]
    [InlineData("contamination:5/0", "The threshold rule 'contamination:5/0' cannot be used: The expected fraction of anomalies must be between 0 and 0.5. A fraction is written like 0.01 or like 5/720.")]
    [InlineData("contamination:5/day", "The threshold rule 'contamination:5/day' cannot be used: '5/day' is not a fraction. A fraction is written like 0.01 or like 5/720.")]
    [InlineData("contamination:0,002", "The threshold rule 'contamination:0,002' cannot be used: 'contamination' takes 1 value after a colon, and 2 were given; write contamination:FRACTION, and numbers with a point. A fraction is written like 0.01 or like 5/720.")]
    [InlineData("contamination:few", "The threshold rule 'contamination:few' cannot be used: 'few' is not a number, written like 0.002 with a point. A fraction is written like 0.01 or like 5/720.")]
    [InlineData("contamination", "The threshold rule 'contamination' cannot be used: 'contamination' takes 1 value after a colon, and 0 were given; write contamination:FRACTION, and numbers with a point. A fraction is written like 0.01 or like 5/720.")]
    public void A_threshold_that_cannot_be_read_is_one_line_with_the_remedy(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ThresholdRule.Parse(text)).Message);

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("kne")]
    [InlineData("contamination:NaN")]
    [InlineData("fixed:NaN")]
    [InlineData("mad:-1")]
    [InlineData("false-discovery-rate:0.1")]
    [InlineData("contamination:0.1\r\nknee")]
    public void No_text_gets_anything_but_a_rule_or_a_message(string text) => Assert.Throws<FormatException>(() => ThresholdRule.Parse(text));

    [Fact]
    public void The_nearest_name_is_suggested()
    {
        Assert.Contains("There is no threshold rule 'quantil'; did you mean 'quantile'? Write one of: contamination:FRACTION, ", Assert.Throws<FormatException>(() => ThresholdRule.Parse("quantil:0.9")).Message, StringComparison.Ordinal);
        Assert.Contains("'surprise' is not one of probability, surprisal; did you mean 'surprisal'?", Assert.Throws<FormatException>(() => ScoreCalibration.Parse("rank:surprise")).Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'over-columns'?", Assert.Throws<FormatException>(() => SvmKernel.Parse("rbf:over-column")).Message, StringComparison.Ordinal);
        Assert.Contains("did you mean 'median'?", Assert.Throws<FormatException>(() => MissingCells.Parse("medain")).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("did you mean", Assert.Throws<FormatException>(() => ThresholdRule.Parse(new string('x', 100_000))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_code_can_make_has_no_text()
    {
        var calibrator = (TailCalibrator)ScoreCalibration.Rank().Fit([1f, 2f, 3f])!;
        Assert.Null(ThresholdRule.FalseDiscoveryRate(0.1, calibrator).ToText());
        Assert.Null(new RobustWhitening { Seed = 3 }.ToText());
        Assert.Equal("robust-whitening", new RobustWhitening().ToText());
    }
}
