namespace AnomalyKit.Onnx.Lookups;

/// <summary>A polynomial of fifth degree over a part of the line, in t = (x − Middle) / Half from −1 to 1.</summary>
/// <param name="Start">Where the part begins.</param>
/// <param name="Middle">Its middle.</param>
/// <param name="Half">Half its length.</param>
/// <param name="Coefficients">Of 1, t, … t⁵.</param>
internal sealed record SmoothPiece(double Start, double Middle, double Half, double[] Coefficients)
{
    public const int Terms = 6;

    /// <summary>Passes through a function at Chebyshev's points.</summary>
    public static SmoothPiece Through(Func<double, double> function, double start, double end)
    {
        double middle = start + ((end - start) / 2);
        double half = (end - start) / 2;
        var points = new double[Terms];
        var differences = new double[Terms];
        for (int i = 0; i < Terms; i++)
        {
            points[i] = Math.Cos(Math.PI * (i + 0.5) / Terms);
            differences[i] = function(Math.Clamp(middle + (half * points[i]), start, end));
        }

        // Newton's divided differences, then multiplied out.
        for (int order = 1; order < Terms; order++)
        {
            for (int i = Terms - 1; i >= order; i--)
                differences[i] = (differences[i] - differences[i - 1]) / (points[i] - points[i - order]);
        }

        var coefficients = new double[Terms];
        for (int i = Terms - 1; i >= 0; i--)
        {
            for (int power = Terms - 1; power > 0; power--)
                coefficients[power] = coefficients[power - 1] - (coefficients[power] * points[i]);
            coefficients[0] = differences[i] - (coefficients[0] * points[i]);
        }

        return new SmoothPiece(start, middle, half, coefficients);
    }

    public double At(double x)
    {
        double t = (x - Middle) / Half;
        double value = 0;
        for (int power = Terms - 1; power >= 0; power--)
            value = (value * t) + Coefficients[power];
        return value;
    }
}
