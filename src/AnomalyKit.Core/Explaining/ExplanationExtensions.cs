using AnomalyKit.Explaining;

namespace AnomalyKit;

/// <summary>Why a row is an alert, in words, for any detector.</summary>
public static class ExplanationExtensions
{
    /// <summary>Explains one row of values in words.</summary>
    /// <param name="detector">The detector. What is usual it knows from its profile; without one, reasons name columns and values alone.</param>
    /// <param name="row">One value per column, in the order of the detector's schema.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The row has another number of values, or the options name a column that there is not.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite where the column does not allow it.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public static Explanation Explain(this IAnomalyDetector detector, ReadOnlySpan<double> row, ExplanationOptions? options = null)
    {
        options ??= new ExplanationOptions();
        var attributor = detector.CreateAttributor(ByColumn(options));
        RowAttribution.ThrowIfNotOneRow(row.Length, detector.Schema, nameof(row));
        var encoded = EncodedRows.Encode(row, detector.Schema, new float[row.Length]);
        return Explain(detector, AttributedRow.Of(detector, attributor, encoded), row.ToArray(), options);
    }

    /// <inheritdoc cref="Explain(IAnomalyDetector, ReadOnlySpan{double}, ExplanationOptions)"/>
    public static Explanation Explain(this IAnomalyDetector detector, ReadOnlySpan<float> row, ExplanationOptions? options = null)
    {
        options ??= new ExplanationOptions();
        var attributor = detector.CreateAttributor(ByColumn(options));
        RowAttribution.ThrowIfNotOneRow(row.Length, detector.Schema, nameof(row));
        var encoded = EncodedRows.Encode(row, detector.Schema, new float[row.Length]);
        return Explain(detector, AttributedRow.Of(detector, attributor, encoded), Array.ConvertAll(row.ToArray(), value => (double)value), options);
    }

    /// <summary>Explains one row of a matrix in words.</summary>
    /// <param name="detector">The detector. What is usual it knows from its profile; without one, reasons name columns and values alone.</param>
    /// <param name="data">Rows of the detector's columns.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">What to say; null for up to three reasons and a change that would end the alert.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The data has other columns than the detector, or the options name a column that there is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite where the column does not allow it.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public static Explanation Explain(this IAnomalyDetector detector, FeatureMatrix data, int row, ExplanationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new ExplanationOptions();
        var attributed = AttributedRow.Of(detector, detector.CreateAttributor(ByColumn(options)), data, row);
        var values = new double[data.ColumnCount];
        data.Schema.Decode(data.Cells(row), values);
        return Explain(detector, attributed, values, options);
    }

    private static Explanation Explain(IAnomalyDetector detector, AttributedRow row, double[] values, ExplanationOptions options) =>
        Explainer.Explain(row, TypicalRows.Of(detector, options.Attribution), detector, new MatrixRow(detector, values), options);

    private static AttributionOptions ByColumn(ExplanationOptions options) => (options.Attribution ?? new AttributionOptions()) with { Groups = null };
}
