namespace AnomalyKit.Ensemble;

/// <summary>The units that a member's tail is measured in: those of its own score but for a constant, where the common scale is a logarithm; else those of the common scale.</summary>
/// <param name="Mean">The mean of the logarithms.</param>
/// <param name="Deviation">Their deviation; 0 where the common scale is no logarithm.</param>
/// <remarks>A logarithm would make every tail lighter than it is, and what lies far beyond it look near.</remarks>
internal readonly record struct TailUnits(double Mean, double Deviation)
{
    public static TailUnits Of(ScoreCalibrator? calibrator) => calibrator is LogarithmicCalibrator logarithmic ? new(logarithmic.Mean, logarithmic.Deviation) : default;

    public bool IsLogarithm => Deviation > 0;

    /// <summary>From the common scale.</summary>
    public double Of(double normalized) => IsLogarithm ? Math.Exp((Deviation * normalized) + Mean) : normalized;

    /// <summary>To the common scale.</summary>
    public double Normalized(double value) => IsLogarithm ? (Math.Log(value) - Mean) / Deviation : value;
}
