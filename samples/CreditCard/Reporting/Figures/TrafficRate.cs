using AnomalyKit.Samples.CreditCard.Data;

namespace AnomalyKit.Samples.CreditCard.Reporting.Figures;

/// <summary>Turns counts of test rows into counts per day, or into counts per thousand rows where the data has no clock.</summary>
/// <param name="Units">How many units the test rows are worth.</param>
/// <param name="Days">How many days the whole data spans, or null where it has no clock.</param>
/// <param name="TestRows">The number of test rows.</param>
/// <param name="AllRows">The number of rows in the data.</param>
internal sealed record TrafficRate(double Units, double? Days, int TestRows, int AllRows)
{
    private const string ClockColumn = "Time";
    private const double SecondsPerDay = 86_400;
    private const double LeastDays = 1.0 / 24;
    private const double MostDays = 3660;

    /// <summary>What a count is per, for the end of a phrase.</summary>
    public string Per => Days is null ? "per 1,000 rows" : "a day";

    /// <summary>The rate at which the test rows of a run arrive.</summary>
    public static TrafficRate Of(CreditCardData data, int testRows)
    {
        double? days = DaysOf(data.Rows);
        double units = days is { } span ? span * testRows / data.Rows.RowCount : testRows / 1000.0;
        return new TrafficRate(units, days, testRows, data.Rows.RowCount);
    }

    /// <summary>A count of test rows as a rate.</summary>
    public double Rate(double count) => count / Units;

    /// <summary>How the rates come about, in plain words.</summary>
    public string Explained() => Days is not { } days
        ? $"The data has no column '{ClockColumn}' that counts seconds, so counts are given per 1,000 rows."
        : TestRows == AllRows
            ? FormattableString.Invariant($"The {AllRows:N0} rows span {days:0.0} days. Counts per day are counts divided by {Units:0.00}.")
            : FormattableString.Invariant($"The data spans {days:0.0} days. The {TestRows:N0} test rows are {(double)TestRows / AllRows:P1} of its {AllRows:N0} rows, or {Units:0.00} days' worth. Counts per day are counts of test rows divided by {Units:0.00}: an extrapolation from a small sample.");

    private static double? DaysOf(FeatureMatrix rows)
    {
        if (!rows.Schema.TryIndexOf(ClockColumn, out int column))
            return null;
        float least = float.PositiveInfinity;
        float most = float.NegativeInfinity;
        for (int row = 0; row < rows.RowCount; row++)
        {
            float time = rows.Cells(row)[column];
            least = Math.Min(least, time);
            most = Math.Max(most, time);
        }

        double days = (most - least) / SecondsPerDay;
        return days is >= LeastDays and <= MostDays ? days : null;
    }
}
