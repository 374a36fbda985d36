namespace AnomalyKit;

/// <summary>A curve, thinned to what a drawing can show.</summary>
internal sealed record CurvePoints(double[] X, double[] Y)
{
    private const double Step = 0.002;

    /// <summary>Leaves out points that lie within half a pixel of the last one kept.</summary>
    public static CurvePoints Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var keptX = new List<double>();
        var keptY = new List<double>();
        for (int i = 0; i < x.Length; i++)
        {
            bool isEnd = i == 0 || i == x.Length - 1;
            if (!isEnd && Math.Abs(x[i] - keptX[^1]) <= Step && Math.Abs(y[i] - keptY[^1]) <= Step)
                continue;
            keptX.Add(x[i]);
            keptY.Add(y[i]);
        }

        return new CurvePoints([.. keptX], [.. keptY]);
    }
}
