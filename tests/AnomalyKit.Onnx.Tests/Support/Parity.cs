namespace AnomalyKit.Onnx.Tests.Support;

/// <summary>Compares an exported detector in ONNX Runtime with the detector.</summary>
internal static class Parity
{
    public const double Tolerance = 1e-5;

    /// <summary>Exports a detector, and checks scores, labels and p-values of rows.</summary>
    public static void Check(IAnomalyDetector detector, float[] rows, OnnxOptions? options = null)
    {
        using var run = new OnnxRun(detector.ToOnnx(options));
        Check(detector, rows, run.Run(rows, detector.Schema.ColumnCount));
    }

    public static void Check(IAnomalyDetector detector, float[] rows, OnnxAnswer answer)
    {
        var scores = new float[rows.Length / detector.Schema.ColumnCount];
        detector.Score(rows, scores);
        CheckScores(detector, scores, answer);
    }

    public static void CheckScores(IAnomalyDetector detector, float[] scores, OnnxAnswer answer)
    {
        Assert.Equal(scores.Length, answer.Scores.Length);
        double unit = Unit(detector, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            double allowed = (IsCancelled(detector, scores[i], unit) ? 100 : 1) * Tolerance * Math.Max(Math.Max(Math.Abs(scores[i]), Math.Abs(answer.Scores[i])), unit);
            if (!(Math.Abs(scores[i] - (double)answer.Scores[i]) <= allowed))
                Assert.Fail($"Row {i}: {scores[i]:R} here, {answer.Scores[i]:R} there; unit {unit}.");
            if (Math.Abs(scores[i] - detector.Threshold) > allowed && (scores[i] > detector.Threshold) != answer.Labels[i])
                Assert.Fail($"Row {i}: score {scores[i]:R}, threshold {detector.Threshold:R}, label {answer.Labels[i]}.");
            Assert.Equal(answer.Scores[i] > detector.Threshold, answer.Labels[i]);
        }

        if (answer.PValues is { } values)
        {
            // Of the scores that the runtime found: a calibration may be steep.
            for (int i = 0; i < values.Length; i++)
                AssertNear(((TailCalibrator)detector.Calibrator!).TailProbability(answer.Scores[i]), values[i], $"p-value of row {i}, score {answer.Scores[i]:R}");
        }

        if (answer.Calibrated is { } calibrated)
        {
            for (int i = 0; i < calibrated.Length; i++)
                AssertNear(detector.Calibrator!.Calibrate(answer.Scores[i]), calibrated[i], $"calibrated score of row {i}, score {answer.Scores[i]:R}");
        }
    }

    private static void AssertNear(double expected, double found, string what) =>
        Assert.True(Math.Abs(expected - found) <= Tolerance * Math.Max(Math.Abs(expected), what[0] == 'c' ? 1e-3 : 0), $"The {what}: {expected:R} here, {found:R} there.");

    /// <summary>What differences count relative to, where scores pass through 0: the size of ordinary scores.</summary>
    private static double Unit(IAnomalyDetector detector, float[] scores)
    {
        if (detector is not (OneClassSvmDetector or EnsembleDetector))
            return 0;
        float[] sizes = [.. scores.Select(MathF.Abs).Order()];
        return IsRadial(detector) ? sizes[^1] : sizes[sizes.Length / 2];
    }

    /// <summary>Kernels without a bound are sums of huge numbers of both signs for far rows, which the library's float32 holds to some digits.</summary>
    private static bool IsCancelled(IAnomalyDetector detector, float score, double unit) => detector is OneClassSvmDetector && !IsRadial(detector) && Math.Abs(score) > 1000 * unit;

    private static bool IsRadial(IAnomalyDetector detector) => detector is OneClassSvmDetector { Kernel.Kind: SvmKernelKind.Rbf };
}
