namespace AnomalyKit.Onnx.Lookups;

/// <summary>A smooth function as polynomials over parts of the line, as many as it takes.</summary>
internal static class SmoothPieces
{
    /// <summary>How far a polynomial may be from the function where it is tried.</summary>
    public const double Tolerance = 1e-8;

    private const int MaxPieces = 1 << 14;

    /// <summary>Divides a part of the line until every polynomial is near enough.</summary>
    /// <param name="function">Finite between the ends.</param>
    /// <param name="start">The lower end.</param>
    /// <param name="end">The upper end, above it.</param>
    /// <exception cref="OnnxExportException">The function bends too often.</exception>
    public static IReadOnlyList<SmoothPiece> Of(Func<double, double> function, double start, double end)
    {
        var pieces = new List<SmoothPiece>();
        var waiting = new Stack<(double Start, double End)>([(start, end)]);
        while (waiting.TryPop(out var part))
        {
            var piece = SmoothPiece.Through(function, part.Start, part.End);
            if (IsNear(piece, function, part.Start, part.End) || !(part.Start < piece.Middle && piece.Middle < part.End))
            {
                pieces.Add(piece);
            }
            else
            {
                waiting.Push((piece.Middle, part.End));
                waiting.Push((part.Start, piece.Middle));
            }

            if (pieces.Count + waiting.Count > MaxPieces)
                throw new OnnxExportException("The calibration's tail takes too many polynomials to be written to ONNX. Use a rank or conformal calibration.");
        }

        return pieces;
    }

    private static bool IsNear(SmoothPiece piece, Func<double, double> function, double start, double end)
    {
        for (int i = 0; i <= 8; i++)
        {
            double x = Math.Clamp(start + ((end - start) * i / 8), start, end);
            if (Math.Abs(piece.At(x) - function(x)) > Tolerance)
                return false;
        }

        return true;
    }
}
