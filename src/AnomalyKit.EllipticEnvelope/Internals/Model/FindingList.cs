using System.Globalization;

namespace AnomalyKit.EllipticEnvelope;

/// <summary>Puts what the estimator met into words.</summary>
internal static class FindingList
{
    /// <summary>The most columns that are named as the cause of a larger support: more would help nobody.</summary>
    private const int MostNamed = 3;

    /// <summary>The most columns among which a cause is looked for; with more, finding directions takes longer than some fits.</summary>
    private const int MostExplained = 200;

    public static IReadOnlyList<DataFinding> Of(McdFit fit, IReadOnlyList<string> names)
    {
        var findings = new List<DataFinding>();
        var classical = fit.Classical;
        foreach (int column in classical.ConstantColumns)
        {
            findings.Add(new DataFinding(
                DataFindingKind.ConstantColumn, [column], $"Column '{names[column]}' is constant. A row with another value is far away."));
        }

        foreach (var collinear in classical.CollinearColumns)
        {
            int column = collinear.Column;
            int[] of = collinear.Of;
            findings.Add(new DataFinding(
                DataFindingKind.CollinearColumn,
                [column, .. of],
                $"Column '{names[column]}' is a linear combination of {Names(of, names)}. A row that breaks this relation is far away."));
        }

        int rows = fit.RowCount;
        if (classical.Shrinkage > 0)
        {
            findings.Add(new DataFinding(DataFindingKind.FewRows, [], Text(
                $"{rows} rows are too few for {classical.Rank} columns; all of them were used, and correlations were drawn towards zero by {classical.Shrinkage:0.###}. P-values are not calibrated.")));
        }

        if (fit.PassedOver.Count > 0)
        {
            int[] narrow = fit.PassedOverEllipsoid is { } flat && classical.Rank <= MostExplained ? FlatColumns(flat, classical) : [];
            narrow = narrow.Length <= MostNamed ? narrow : [];
            string what = narrow.Length switch { 0 => "one column, or a combination of columns, hardly varies", 1 => $"the column {Names(narrow, names)} hardly varies", _ => $"a combination of the columns {Names(narrow, names)} hardly varies" };
            findings.Add(new DataFinding(DataFindingKind.SupportRaised, narrow, Text(
                $"In most rows, {what}, which says little about how far ordinary rows lie apart. So the detector was fitted on {100 * (double)fit.SubsetSize / rows:0.##} % of the rows instead of {100 * fit.PassedOver[0]:0.##} %, and more of the anomalies among them may have a say.")));
        }

        if (fit.Shrinkage > 0 && classical.Shrinkage == 0)
        {
            int[] flat = FlatColumns(fit.Ellipsoid, classical);
            findings.Add(new DataFinding(DataFindingKind.ExactFit, flat, Text(
                $"{fit.SubsetSize} of {rows} rows lie in a subspace of dimension {fit.Dimension} of {classical.Rank} (columns {Names(flat, names)}); their covariance was drawn towards that of all rows by {fit.Shrinkage:0.##E+0}. P-values are not calibrated.")));
        }

        if (ScoreLaw.IsUncertain(fit.Law, fit.SubsetSize, rows))
        {
            findings.Add(new DataFinding(DataFindingKind.UncalibratedPValues, [], Text(
                $"{fit.SubsetSize} of {rows} rows were concentrated on, which is too few for {classical.Rank} columns for calibrated p-values: they come out too small or too large. Use more rows, fewer columns or a larger support.")));
        }

        return findings;
    }

    /// <summary>The columns that the narrowest direction of the subset runs through.</summary>
    private static int[] FlatColumns(Ellipsoid ellipsoid, ClassicalEstimate classical)
    {
        int rank = classical.Rank;
        var eigen = new SymmetricEigen(ellipsoid.RelativeCovariance(), rank);
        var narrowest = eigen.Vectors.AsSpan((rank - 1) * rank, rank);
        var weights = new double[rank];
        for (int j = 0; j < rank; j++)
        {
            for (int i = j; i < rank; i++)
                weights[j] += narrowest[i] * classical.InverseFactor[(i * rank) + j];
            weights[j] = Math.Abs(weights[j] * classical.Deviation[classical.Columns[j]]);
        }

        double largest = weights.Max();
        return [.. Enumerable.Range(0, rank).Where(j => weights[j] > 0.05 * largest).Select(j => classical.Columns[j])];
    }

    private static string Names(IEnumerable<int> columns, IReadOnlyList<string> names) => string.Join(", ", columns.Select(column => $"'{names[column]}'"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
