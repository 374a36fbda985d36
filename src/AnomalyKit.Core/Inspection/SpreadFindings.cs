using System.Globalization;
using static AnomalyKit.FindingText;

namespace AnomalyKit;

/// <summary>Columns of numbers whose spreads differ, which detectors on distances do not make up for by themselves.</summary>
internal static class SpreadFindings
{
    // Of a squared distance, the smaller of two columns with this ratio makes up one hundredth.
    private const double MinRatio = 10;

    // The spread is that of the middle nine tenths: a few far values must not decide.
    private const double Tail = 0.05;

    public static IEnumerable<InspectionFinding> Of(ReferenceProfile profile)
    {
        var spreads = profile.Columns
            .Where(column => column is { Kind: ColumnKind.Number, Sketch.Count: > 0 })
            .Select(column => (column.Name, Spread: column.Sketch!.Quantile(1 - Tail) - column.Sketch.Quantile(Tail)))
            .Where(column => column.Spread > 0 && double.IsFinite(column.Spread))
            .ToArray();
        if (spreads.Length < 2)
            yield break;
        var (large, most) = spreads.MaxBy(column => column.Spread);
        var (small, least) = spreads.MinBy(column => column.Spread);
        double ratio = most / least;
        if (!(ratio >= MinRatio))
            yield break;
        yield return new(
            InspectionFindingKind.UnequalSpreads,
            [large, small],
            $"The spread of column {Column(large)} is {Times(ratio)} times that of {Column(small)}, and distances follow the larger.",
            "If the columns have different units, add --set Scaling=standard.",
            false);
    }

    /// <summary>Two digits, and commas between thousands.</summary>
    private static string Times(double ratio)
    {
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(ratio)) - 1));
        return ratio < 1e15 ? (Math.Round(ratio / unit) * unit).ToString("N0", CultureInfo.InvariantCulture) : ratio.ToString("G2", CultureInfo.InvariantCulture);
    }
}
