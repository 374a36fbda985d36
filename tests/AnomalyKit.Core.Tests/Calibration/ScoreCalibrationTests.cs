using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Calibration;

public class ScoreCalibrationTests
{
    private static readonly float[] Scores = [0.5f, 0.25f, 0.75f, 0.125f, 0.875f, 0.625f, 0.375f, 0.5f, 0.9375f, 0.0625f];

    private static readonly ScoreCalibration[] All =
    [
        ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.LogZScore, ScoreCalibration.Rank(), ScoreCalibration.Rank(TailScale.Surprisal),
        ScoreCalibration.Gaussian(), ScoreCalibration.Gaussian(TailScale.Surprisal), ScoreCalibration.Gamma(), ScoreCalibration.Gamma(TailScale.Surprisal),
        ScoreCalibration.Conformal(), ScoreCalibration.Conformal(scale: TailScale.Surprisal),
    ];

    [Fact]
    public void Linear_ones_agree_with_numpy()
    {
        // x.mean(), x.std(), np.median(x), 1.4826 * np.median(abs(x - np.median(x))) with NumPy 1.24.2: 0.5, 0.28641098093474, 0.5, 0.37065
        Assert.Equal(0.5 / 0.37065, Fit(ScoreCalibration.RobustZ, Scores).Calibrate(1), 1e-12);
        Assert.Equal(0.5 / 0.28641098093474, Fit(ScoreCalibration.ZScore, Scores).Calibrate(1), 1e-12);
        Assert.Equal((2 - 0.0625) / 0.875, Fit(ScoreCalibration.MinMax, Scores).Calibrate(2), 1e-12);
        Assert.Equal(0, Fit(ScoreCalibration.MinMax, Scores).Calibrate(0.0625));
        // l = np.log(x - x.min() + np.median(x) - x.min()); (np.log(2 - x.min() + np.median(x) - x.min()) - l.mean()) / l.std()
        Assert.Equal(2.97205830538064, Fit(ScoreCalibration.LogZScore, Scores).Calibrate(2), 1e-9);
    }

    // m, v = x.mean(), x.var(); 2 * stats.norm.sf((s - m) / v**.5); stats.gamma.sf(s, m*m/v, scale=v/m) / stats.gamma.sf(m, m*m/v, scale=v/m), SciPy 1.10.1
    [Theory]
    [InlineData(0.6, 0.7269777337451174, 0.7135041942112745)]
    [InlineData(1.0, 0.08085559837005224, 0.1435687531165157)]
    [InlineData(3.0, 2.5758101615263504e-18, 5.5473003125341785e-06)]
    public void Gaussian_and_gamma_tails_agree_with_scipy(double score, double gaussian, double gamma)
    {
        var (one, other) = (Tail(ScoreCalibration.Gaussian(), Scores), Tail(ScoreCalibration.Gamma(), Scores));
        Assert.Equal(1, one.TailProbability(score) / gaussian, 1e-9);
        Assert.Equal(1, other.TailProbability(score) / gamma, 1e-9);
        Assert.Equal(1 - gaussian, one.Calibrate(score), 1e-12);
        Assert.Equal(-Math.Log10(gamma), Fit(ScoreCalibration.Gamma(TailScale.Surprisal), Scores).Calibrate(score), 1e-9);
        Assert.Equal(0, one.Calibrate(0.3));
        Assert.Equal(0, other.Calibrate(0.3));
    }

    [Property]
    public void Higher_scores_never_become_lower(float[] scores, float a, float b)
    {
        scores = [.. (scores ?? []).Select(score => float.IsNaN(score) ? 0 : score), 1];
        if (float.IsNaN(a) || float.IsNaN(b))
            return;
        foreach (var calibration in All)
        {
            var calibrator = Fit(calibration, scores);
            foreach (float from in (float[])[Math.Min(a, b), scores.Min(), scores.Max()])
            {
                double low = calibrator.Calibrate(from);
                Assert.False(double.IsNaN(low), $"{calibration}: {from} becomes NaN");
                Assert.True(calibrator.Calibrate(Math.Max(from, Math.Max(a, b))) >= low, $"{calibration}: {from} and {a}, {b}");
            }
        }
    }

    [Property]
    public void Training_scores_are_left_as_they_were_and_their_order_does_not_matter(float[] scores, int seed)
    {
        scores = [.. (scores ?? []).Where(float.IsFinite), 2, 1];
        float[] before = [.. scores];
        float[] shuffled = [.. scores];
        new Random(seed).Shuffle(shuffled);
        foreach (var calibration in All)
        {
            double expected = Fit(calibration, scores).Calibrate(1.5);
            Assert.Equal(before, scores);
            Assert.Equal(expected, Fit(calibration, shuffled).Calibrate(1.5), 1e-6 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void Equal_scores_have_a_defined_calibration()
    {
        foreach (var calibration in All)
        {
            var calibrator = Fit(calibration, [3, 3, 3, 3]);
            Assert.True(double.IsFinite(calibrator.Calibrate(3)), calibration.ToString());
            Assert.True(double.IsFinite(calibrator.Calibrate(4)), calibration.ToString());
            Assert.True(calibrator.Calibrate(4) > calibrator.Calibrate(2), calibration.ToString());
        }
    }

    [Fact]
    public void Spans_are_mapped_in_place_as_single_scores_are()
    {
        foreach (var calibration in All)
        {
            var calibrator = Fit(calibration, Scores);
            float[] mapped = [.. Scores];
            calibrator.Calibrate(mapped, mapped);
            for (int i = 0; i < mapped.Length; i++)
                Assert.Equal((float)calibrator.Calibrate(Scores[i]), mapped[i]);
            Assert.Throws<ArgumentException>(() => calibrator.Calibrate(Scores, new float[3]));
        }
    }

    [Fact]
    public void The_rank_is_uniform_on_more_rows_of_the_same_kind()
    {
        // Kolmogorov's distance to the uniform distribution on 20,000 new scores, for light, skewed and heavy tails.
        foreach (var draw in (Func<CounterRandom, Func<double>>[])[
            random => () => random.NextDouble(), random => () => random.NextGaussian(), random => () => Math.Exp(2 * random.NextGaussian())])
        {
            var next = draw(new CounterRandom(7));
            var calibrator = Tail(ScoreCalibration.Rank(), [.. Enumerable.Range(0, 20_000).Select(_ => (float)next())]);
            Assert.InRange(Uniformity.Distance([.. Enumerable.Range(0, 20_000).Select(_ => calibrator.TailProbability((float)next()))]), 0, 0.02);
        }
    }

    [Fact]
    public void Beyond_all_training_scores_the_rank_goes_on()
    {
        var random = new CounterRandom(3);
        float[] scores = [.. Enumerable.Range(0, 10_000).Select(_ => (float)-Math.Log(1 - random.NextDouble()))];
        var calibrator = Tail(ScoreCalibration.Rank(TailScale.Surprisal), scores);
        double previous = -1;
        for (float score = scores.Max(); score < 60; score += 1)
        {
            double surprisal = calibrator.Calibrate(score);
            Assert.True(surprisal > previous);
            previous = surprisal;
            // The scores are exponential: P(S > s) = exp(-s).
            if (score < 14)
                Assert.InRange(surprisal / (score / Math.Log(10)), 0.75, 1.25);
        }
    }

    [Fact]
    public void The_pareto_tail_is_continuous_where_it_begins()
    {
        var random = new CounterRandom(4);
        float[] scores = [.. Enumerable.Range(0, 5_000).Select(_ => (float)random.NextGaussian())];
        var calibrator = Tail(ScoreCalibration.Rank(), scores);
        Array.Sort(scores);
        for (int i = 4_800; i < 4_999; i++)
        {
            double step = calibrator.TailProbability(scores[i]) - calibrator.TailProbability(scores[i + 1]);
            Assert.InRange(step, 0, 20.0 / 5_000);
        }
    }

    [Fact]
    public void Conformal_p_values_count_the_scores_at_least_as_high()
    {
        var calibrator = (ConformalCalibrator)Fit(ScoreCalibration.Conformal(), [1, 2, 2, 3]);
        Assert.Equal(4, calibrator.CalibrationRowCount);
        Assert.Equal(1, calibrator.TailProbability(0.5));
        Assert.Equal(0.8, calibrator.TailProbability(1.5), 1e-15);
        Assert.Equal(0.8, calibrator.TailProbability(2), 1e-15);
        Assert.Equal(0.2, calibrator.TailProbability(9), 1e-15);
    }

    [Fact]
    public async Task Scores_that_all_but_agree_have_a_gamma_tail()
    {
        // The shape is the square of mean by deviation: 10¹⁴ and 10²⁰ here, which no series of unit steps comes to the end of.
        float next = MathF.BitIncrement(1);
        float[] many = new float[300_000];
        Array.Fill(many, 1);
        many[7] = next;
        foreach (float[] scores in (float[][])[many, [1, next, 1, 1]])
        {
            var calibrator = await Task.Run(() => Tail(ScoreCalibration.Gamma(), scores)).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(1, calibrator.TailProbability(1));
            Assert.InRange(calibrator.TailProbability(next), 0, 0.2);
            Assert.InRange(calibrator.TailProbability(1.001), 0, 1e-200);
            Assert.InRange(calibrator.TailProbability(double.PositiveInfinity), 0, 1e-200);
        }
    }

    [Fact]
    public void A_score_that_is_no_number_is_refused()
    {
        foreach (var calibration in All)
        {
            var calibrator = Fit(calibration, Scores);
            Assert.Throws<ArgumentOutOfRangeException>("score", () => calibrator.Calibrate(double.NaN));
            Assert.Contains(
                "Score 1", Assert.Throws<ArgumentException>(() => calibrator.Calibrate([1, float.NaN], new float[2])).Message, StringComparison.Ordinal);
            if (calibrator is TailCalibrator tail)
                Assert.Throws<ArgumentOutOfRangeException>("score", () => tail.TailProbability(double.NaN));
        }
    }

    [Fact]
    public void Bad_options_and_scores_are_refused()
    {
        foreach (double share in (double[])[0, -1, 0.91, double.NaN])
            Assert.Equal(share, Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCalibration.Conformal(share)).ActualValue);
        Assert.Throws<ArgumentOutOfRangeException>(() => ScoreCalibration.Rank((TailScale)7));
        foreach (var calibration in All)
        {
            Assert.Throws<ArgumentException>(() => calibration.Fit([]));
            Assert.Contains("Score 1", Assert.Throws<ArgumentException>(() => calibration.Fit([1, float.NaN])).Message, StringComparison.Ordinal);
        }

        Assert.Null(ScoreCalibration.None.Fit([]));
    }

    private static ScoreCalibrator Fit(ScoreCalibration calibration, float[] scores) =>
        calibration.Fit(scores) ?? throw new InvalidOperationException($"{calibration} gives nothing.");

    private static TailCalibrator Tail(ScoreCalibration calibration, float[] scores) => Assert.IsAssignableFrom<TailCalibrator>(Fit(calibration, scores));

    [Fact]
    public void It_is_known_before_the_fit_whether_there_will_be_probabilities()
    {
        float[] scores = [.. Enumerable.Range(0, 200).Select(i => i * 0.5f)];
        foreach (var calibration in (ScoreCalibration[])
        [
            ScoreCalibration.None, ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.LogZScore,
            ScoreCalibration.Rank(), ScoreCalibration.Gaussian(), ScoreCalibration.Gamma(), ScoreCalibration.Conformal(),
        ])
            Assert.Equal(calibration.Fit(scores) is TailCalibrator, calibration.GivesTailProbabilities);
    }
}
