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

    /// <summary>Just-in-time compilation looks at what is called often, beside the calls: the first case of a process would be measured before it is done.</summary>
    private const double WarmUpSeconds = 1;

    /// <summary>A call that takes as long as this counts alone: what the first one does besides is little beside it.</summary>
    private const double LongSeconds = 2;

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
            if (points.Count > 0 && Expected(points, count) > limitSeconds)
                break;
            double seconds = Median(scalingCase.Prepare(SyntheticRows.Create(count, scalingCase.Columns)), cancellationToken);
            points.Add((count, seconds));
            told(count, seconds);
        }

        return new ScalingCurve(scalingCase, points);
    }

    private static double Median(Action work, CancellationToken cancellationToken)
    {
        // For the compiler, which looks at what is called often, the caches and what is made on first use.
        double first = Time(work);
        if (first >= LongSeconds)
            return first;
        for (double spent = first; spent < WarmUpSeconds;)
            spent += Time(work);
        var times = new List<double>();
        while (times.Count < FewestRuns || times.Sum() < LeastSeconds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            times.Add(Time(work));
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static double Time(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>What a call will take if the curve goes on as steeply as between the last two points, and at least in proportion; with the square where there is one point.</summary>
    private static double Expected(List<(int Rows, double Seconds)> points, int rows)
    {
        double slope = points.Count < 2 ? 2 : Math.Max(1, PowerLaw.Fit(points[^2..]).Exponent);
        return points[^1].Seconds * Math.Pow((double)rows / points[^1].Rows, slope);
    }
}
