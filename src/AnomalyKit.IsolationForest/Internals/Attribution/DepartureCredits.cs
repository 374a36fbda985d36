using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>Credits what a row gains by departing from constant columns to those columns, in proportion to their departures.</summary>
/// <param name="departures">The constant columns; null where there are none.</param>
/// <param name="groups">The group of each column.</param>
/// <param name="normalPathLength">c(ψ).</param>
internal sealed class DepartureCredits(ConstantDepartures? departures, ColumnGroups groups, double normalPathLength)
{
    /// <summary>Adds the credits of a row to its contributions.</summary>
    /// <param name="row">The cells.</param>
    /// <param name="explained">The value that the trees explain: the negated mean path length.</param>
    /// <param name="contributions">One number per group.</param>
    /// <returns>The value that the score explains; the same where the row keeps all constants.</returns>
    public double Add(ReadOnlySpan<float> row, double explained, Span<double> contributions)
    {
        double whole = departures?.Departure(row) ?? 0;
        if (whole <= 0)
            return explained;
        double score = Math.Pow(2, explained / normalPathLength);
        double raised = normalPathLength * Math.Log2(ConstantDepartures.Raised(score, whole));
        for (int i = 0; i < departures!.Columns.Length; i++)
            contributions[groups.GroupOf[departures.Columns[i]]] += (raised - explained) * (departures.Departure(i, row) / whole);
        return raised;
    }
}
