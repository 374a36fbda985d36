namespace AnomalyKit.Compare;

/// <summary>How many times as long the head takes as the base, and how far that may be noise.</summary>
/// <param name="Ratio">The head's median time divided by the base's.</param>
/// <param name="Noise">Half the width of the confidence interval of ln(ratio): without any change, the ratio lies within e^±noise.</param>
/// <param name="BetweenRuns">Whether the noise was seen between runs; otherwise only between the iterations of one run.</param>
/// <remarks>
/// <para>
/// The unit of replication is the run, a process of its own: addresses, code layout and the order of tiering differ between processes and stay the same
/// within one, so that iterations of one process agree better than two processes do (Georges, Buytaert, Eeckhout, <i>Statistically Rigorous Java
/// Performance Evaluation</i>, OOPSLA 2007; Kalibera, Jones, <i>Rigorous Benchmarking in Reasonable Time</i>, ISMM 2013). Each run gives one number, the median
/// of its iterations, which a few disturbed ones cannot move.
/// </para>
/// <para>
/// Noise multiplies, so logarithms are compared: the difference of their means, with Welch's interval (no equal variances assumed, Welch–Satterthwaite degrees
/// of freedom). Where a side has one run, its iterations stand in: the standard error of their median is 1.2533 standard deviations over √n on normal
/// noise. That misses what differs between processes, and the report says so.
/// </para>
/// </remarks>
internal sealed record TimeRatio(double Ratio, double Noise, bool BetweenRuns)
{
    /// <summary>√(π/2): how much wider the median of normal values scatters than their mean.</summary>
    private const double MedianToMean = 1.2533141373155003;

    /// <summary>The lower end of the confidence interval.</summary>
    public double Low => Ratio * Math.Exp(-Noise);

    /// <summary>The upper end of the confidence interval.</summary>
    public double High => Ratio * Math.Exp(Noise);

    /// <summary>The noise as a share: 0.05 is 5 %.</summary>
    public double NoiseShare => Math.Exp(Noise) - 1;

    /// <param name="baseRuns">Runs of the base that did not fail, one or more.</param>
    /// <param name="headRuns">Runs of the head that did not fail, one or more.</param>
    /// <param name="errorRate">How often the interval may miss.</param>
    public static TimeRatio Of(IReadOnlyList<BenchmarkRun> baseRuns, IReadOnlyList<BenchmarkRun> headRuns, double errorRate)
    {
        bool between = baseRuns.Count > 1 && headRuns.Count > 1;
        var left = between ? AcrossRuns(baseRuns) : WithinRuns(baseRuns);
        var right = between ? AcrossRuns(headRuns) : WithinRuns(headRuns);
        double variance = left.Variance + right.Variance;
        double noise;
        if (left.Degrees < 1 || right.Degrees < 1)
        {
            // A single iteration says nothing about its noise.
            noise = double.PositiveInfinity;
        }
        else if (variance == 0)
        {
            noise = 0;
        }
        else
        {
            double degrees = variance * variance / ((left.Variance * left.Variance / left.Degrees) + (right.Variance * right.Variance / right.Degrees));
            noise = StudentT.TwoSidedQuantile(errorRate, degrees) * Math.Sqrt(variance);
        }

        return new TimeRatio(Math.Exp(right.Location - left.Location), noise, between);
    }

    private static Estimate AcrossRuns(IReadOnlyList<BenchmarkRun> runs)
    {
        double[] logs = [.. runs.Select(run => Math.Log(run.Median))];
        return new Estimate(logs.Average(), Variance(logs) / logs.Length, logs.Length - 1);
    }

    private static Estimate WithinRuns(IReadOnlyList<BenchmarkRun> runs)
    {
        // All iterations together: several runs on one side only still are iterations of the same program.
        double[] logs = [.. runs.SelectMany(run => run.Nanoseconds).Select(time => Math.Log(time))];
        return new Estimate(Medians.Of(logs), MedianToMean * MedianToMean * Variance(logs) / logs.Length, logs.Length - 1);
    }

    private static double Variance(double[] values)
    {
        if (values.Length < 2)
            return 0;
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    /// <param name="Location">The logarithm of the time.</param>
    /// <param name="Variance">Of the location: its squared standard error.</param>
    /// <param name="Degrees">Degrees of freedom of the variance.</param>
    private readonly record struct Estimate(double Location, double Variance, int Degrees);
}
