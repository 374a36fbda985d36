using System.Diagnostics;
using AnomalyKit.Benchmarks.Data;

namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>The measured cost of a case, from few rows to many.</summary>
/// <param name="Case">What was measured.</param>
/// <param name="Points">The median seconds at each number of rows.</param>
internal sealed record ScalingCurve(ScalingCase Case, IReadOnlyList<(int Rows, double Seconds)> Points)
{
    private const int FewestRuns = 3;
    private const double LeastSeconds = 0.3;

    /// <summary>Over all points.</summary>
    public PowerLaw Law => PowerLaw.Fit(Points);

    /// <summary>Over the last decade, where what is the same for any number of rows (starts on a sample, tables) counts least.</summary>
    public PowerLaw LastDecade => PowerLaw.Fit([.. Points.Where(point => point.Rows * 10.01 >= Points[^1].Rows)]);

    /// <summary>Measures growing numbers of rows, as long as a call may be expected to stay below the limit.</summary>
    /// <param name="scalingCase">What to measure.</param>
    /// <param name="rows">Numbers of rows, ascending.</param>
    /// <param name="limitSeconds">The longest that a call may be expected to take.</param>
    /// <param name="told">Receives each point.</param>
    /// <param name="cancellationToken">Stops between calls.</param>
    public static ScalingCurve Measure(
        ScalingCase scalingCase, IEnumerable<int> rows, double limitSeconds, Action<int, double> told, CancellationToken cancellationToken)
    {
        var points = new List<(int Rows, double Seconds)>();
        foreach (int count in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Nothing here grows faster than with the square.
            if (points.Count > 0 && points[^1].Seconds * Math.Pow((double)count / points[^1].Rows, 2) > limitSeconds)
                break;
            double seconds = Median(scalingCase.Prepare(SyntheticRows.Create(count, scalingCase.Columns)), cancellationToken);
            points.Add((count, seconds));
            told(count, seconds);
        }

        return new ScalingCurve(scalingCase, points);
    }

    private static double Median(Action work, CancellationToken cancellationToken)
    {
        // Once for the compiler, the caches and what is made on first use.
        work();
        var times = new List<double>();
        for (double sum = 0; times.Count < FewestRuns || sum < LeastSeconds; sum += times[^1])
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        times.Sort();
        return times[times.Count / 2];
    }
}
