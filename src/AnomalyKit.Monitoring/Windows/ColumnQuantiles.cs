namespace AnomalyKit;

/// <summary>Where the values of a column, or the scores, lie: three quantiles in the unit of the column; of dates the ticks (100 ns since 0001-01-01).</summary>
/// <remarks>Each is one of the values, within the error of the sketches.</remarks>
public sealed class ColumnQuantiles
{
    internal ColumnQuantiles(QuantileSketch sketch)
    {
        P10 = sketch.Quantile(0.1);
        Median = sketch.Quantile(0.5);
        P90 = sketch.Quantile(0.9);
    }

    /// <summary>A tenth of the values are not above it.</summary>
    public double P10 { get; }

    /// <summary>Half of the values are not above it.</summary>
    public double Median { get; }

    /// <summary>Nine tenths of the values are not above it.</summary>
    public double P90 { get; }

    /// <summary>The three numbers.</summary>
    /// <returns>For example <c>10 % 3.2, median 41, 90 % 220</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"10 % {P10:G4}, median {Median:G4}, 90 % {P90:G4}");
}
