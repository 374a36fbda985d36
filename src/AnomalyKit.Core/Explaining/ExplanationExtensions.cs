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
        var attribution = detector.Attribute(row, ByColumn(options));
        return Explainer.Explain(attribution, TypicalRows.Of(detector, options.Attribution), detector.Threshold, new MatrixRow(detector, row.ToArray()), options);
    }

    /// <inheritdoc cref="Explain(IAnomalyDetector, ReadOnlySpan{double}, ExplanationOptions)"/>
    public static Explanation Explain(this IAnomalyDetector detector, ReadOnlySpan<float> row, ExplanationOptions? options = null)
    {
        options ??= new ExplanationOptions();
        var attribution = detector.Attribute(row, ByColumn(options));
        return Explainer.Explain(attribution, TypicalRows.Of(detector, options.Attribution), detector.Threshold, new MatrixRow(detector, Array.ConvertAll(row.ToArray(), value => (double)value)), options);
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
        var attribution = detector.Attribute(data, row, ByColumn(options));
        var values = new double[data.ColumnCount];
        data.Schema.Decode(data.Cells(row), values);
        return Explainer.Explain(attribution, TypicalRows.Of(detector, options.Attribution), detector.Threshold, new MatrixRow(detector, values), options);
    }

    private static AttributionOptions ByColumn(ExplanationOptions options) => (options.Attribution ?? new AttributionOptions()) with { Groups = null };
}
