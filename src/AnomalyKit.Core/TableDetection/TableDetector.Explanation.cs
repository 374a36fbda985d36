using AnomalyKit.Explaining;

namespace AnomalyKit;

/// <content>Why rows of tables are alerts, in words.</content>
public sealed partial class TableDetector
{
    /// <summary>Explains one row in words, by the table's own columns.</summary>
    /// <param name="table">Rows with the columns of the preparation, found by name in any order.</param>
    /// <param name="row">The zero-based row.</param>
    /// <param name="options">What to say; null for three reasons and a change that would end the alert.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options name a column that there is not.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="InvalidOperationException">Sampling is needed, and there are no background rows.</exception>
    public Explanation Explain(FeatureTable table, int row, ExplanationOptions? options = null)
    {
        options ??= new ExplanationOptions();
        var attribution = Attribute(table, row, (options.Attribution ?? new AttributionOptions()) with { Groups = null });
        return Explainer.Explain(attribution, Threshold, new TableRow(Preparation, Detector, Profile, table.Slice(row, 1)), options);
    }
}
