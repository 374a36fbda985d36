using AnomalyKit.Persistence;

namespace AnomalyKit.Core.Tests.Calibration;

/// <summary>Few, equal, tiny, huge and infinite scores: every calibration stays defined and monotone, and can be read from its file.</summary>
public class HostileScoresTests
{
    private const float Huge = float.MaxValue;
    private const float Tiny = float.Epsilon;
    private const float Infinity = float.PositiveInfinity;

    private static readonly float[][] Scores =
    [
        [0], [Huge], [-Huge], [Tiny], [Infinity], [-Infinity], [0, 0], [0, Tiny], [-Huge, Huge], [-Infinity, Infinity], [-Infinity, -Infinity], [1, 1, 2], [1, 2, 2], [-Tiny, 0, Tiny],
        [-Huge, -Huge, Huge], [-Huge, Huge, Huge], [-Huge, 0.9f * Huge, Huge], [0, 0, 0, 0, 0, Huge], [0, 0, 0, 0, 0, Tiny], [Infinity, Infinity, 1], [-Infinity, 1, Infinity],
        [1, MathF.BitIncrement(1), MathF.BitIncrement(1)], [.. Enumerable.Repeat(1f, 500), MathF.BitIncrement(1)], [.. Enumerable.Range(0, 500).Select(i => i * Tiny)],
        [.. Enumerable.Range(-250, 500).Select(i => i * (Huge / 256))], [.. Enumerable.Repeat(-Huge, 250), .. Enumerable.Repeat(Huge, 250)],
    ];

    private static readonly ScoreCalibration[] Calibrations =
    [
        ScoreCalibration.RobustZ, ScoreCalibration.ZScore, ScoreCalibration.MinMax, ScoreCalibration.LogZScore, ScoreCalibration.Rank(), ScoreCalibration.Rank(TailScale.Surprisal),
        ScoreCalibration.Gaussian(TailScale.Surprisal), ScoreCalibration.Gamma(TailScale.Surprisal), ScoreCalibration.Conformal(),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Scores.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void Calibrations_are_monotone_and_survive_a_file(int index)
    {
        float[] scores = Scores[index];
        double[] probes = [.. scores.Select(score => (double)score).Concat([-Infinity, -Huge, -1, -Tiny, 0, Tiny, 1, 1.5, Huge, Infinity]).Order()];
        foreach (var calibration in Calibrations)
        {
            var fitted = calibration.Fit(scores)!;
            var read = Read(fitted);
            double previous = double.NegativeInfinity;
            foreach (double probe in probes)
            {
                double calibrated = fitted.Calibrate(probe);
                Assert.True(calibrated >= previous, $"{calibration}: {probe} becomes {calibrated}, a lower score {previous}.");
                Assert.True(calibrated.Equals(read.Calibrate(probe)), $"{calibration}: {probe} becomes {calibrated}, read from a file {read.Calibrate(probe)}.");
                previous = calibrated;
            }

            foreach (float score in scores)
                Assert.True(double.IsFinite(fitted.Calibrate(Math.Clamp(score, -Huge, Huge))), $"{calibration}: {score} becomes {fitted.Calibrate(score)}.");
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Thresholds_lie_within_reach(int index)
    {
        float[] scores = Scores[index];
        foreach (var rule in (ThresholdRule[])[
            ThresholdRule.Contamination(0.01), ThresholdRule.Contamination(0.3), ThresholdRule.WidestGap(0.01), ThresholdRule.WidestGap(0.3), ThresholdRule.Knee(),
            ThresholdRule.Quantile(0.5), ThresholdRule.Quantile(0.99), ThresholdRule.FalsePositiveRate(0.5)])
        {
            double threshold = rule.Resolve(scores);
            Assert.True(threshold >= scores.Min(), $"{rule}: {threshold}");
            Assert.True(threshold <= scores.Max() || threshold == Infinity, $"{rule}: {threshold}");
        }

        foreach (var rule in (ThresholdRule[])[ThresholdRule.MedianAbsoluteDeviation(), ThresholdRule.InterquartileRange(), ThresholdRule.ParetoTail()])
            Assert.True(rule.Resolve(scores) >= scores.Order().ElementAt(scores.Length / 4), $"{rule}: {rule.Resolve(scores)}");
    }

    private static ScoreCalibrator Read(ScoreCalibrator fitted)
    {
        var writer = new ModelWriter();
        fitted.WriteTo(writer);
        using var file = new MemoryStream();
        writer.Save(file);
        file.Position = 0;
        return ScoreCalibrator.TryRead(new ModelReader(ModelContents.Read(file)))!;
    }
}
