namespace AnomalyKit.Benchmarks.Scaling;

/// <summary>seconds = factor · rows^exponent, by least squares of the logarithms.</summary>
/// <param name="Exponent">How cost grows: 1 is proportional to the rows, 2 to their square.</param>
/// <param name="Factor">Seconds of a single row.</param>
internal readonly record struct PowerLaw(double Exponent, double Factor)
{
    /// <summary>Fits at least two points of different numbers of rows; with one there is no exponent, and NaN is given.</summary>
    public static PowerLaw Fit(IReadOnlyList<(int Rows, double Seconds)> points)
    {
        double meanX = points.Average(point => Math.Log(point.Rows));
        double meanY = points.Average(point => Math.Log(point.Seconds));
        double xx = points.Sum(point => Math.Pow(Math.Log(point.Rows) - meanX, 2));
        double xy = points.Sum(point => (Math.Log(point.Rows) - meanX) * (Math.Log(point.Seconds) - meanY));
        double exponent = xy / xx;
        return new PowerLaw(exponent, Math.Exp(meanY - (exponent * meanX)));
    }
}
