using System.Globalization;

namespace AnomalyKit;

/// <summary>How many rows of each class were flagged, and the measures of a yes-or-no detector that follow from it.</summary>
/// <remarks>
/// The counts stand in the order of scikit-learn's <c>confusion_matrix(...).ravel()</c>. A ratio whose denominator is 0 is 0, as
/// scikit-learn's <c>zero_division=0</c>; no measure is ever NaN. Equal if all four counts are. Immutable and thread-safe.
/// </remarks>
public readonly record struct ConfusionMatrix
{
    /// <summary>States the counts.</summary>
    /// <param name="trueNegatives">Normal rows not flagged; at least 0.</param>
    /// <param name="falsePositives">Normal rows flagged: false alarms; at least 0.</param>
    /// <param name="falseNegatives">Anomalies not flagged: misses; at least 0.</param>
    /// <param name="truePositives">Anomalies flagged; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or above a quarter of <see cref="long.MaxValue"/>.</exception>
    public ConfusionMatrix(long trueNegatives, long falsePositives, long falseNegatives, long truePositives)
    {
        TrueNegatives = Checked(trueNegatives, nameof(trueNegatives));
        FalsePositives = Checked(falsePositives, nameof(falsePositives));
        FalseNegatives = Checked(falseNegatives, nameof(falseNegatives));
        TruePositives = Checked(truePositives, nameof(truePositives));
    }

    /// <summary>Normal rows not flagged; at least 0.</summary>
    public long TrueNegatives { get; }

    /// <summary>Normal rows flagged: false alarms; at least 0.</summary>
    public long FalsePositives { get; }

    /// <summary>Anomalies not flagged: misses; at least 0.</summary>
    public long FalseNegatives { get; }

    /// <summary>Anomalies flagged; at least 0.</summary>
    public long TruePositives { get; }

    /// <summary>The number of rows.</summary>
    public long Total => Normals + Anomalies;

    /// <summary>The fraction of anomalies among the flagged rows: TP / (TP + FP).</summary>
    public double Precision => Ratio(TruePositives, TruePositives + FalsePositives);

    /// <summary>The fraction of flagged rows among the anomalies: TP / (TP + FN); also true positive rate, sensitivity.</summary>
    public double Recall => Ratio(TruePositives, Anomalies);

    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>: 2·TP / (2·TP + FP + FN).</summary>
    public double F1 => HarmonicMean(TruePositives, FalsePositives, FalseNegatives);

    /// <summary>The fraction of normal rows among those not flagged: TN / (TN + FN).</summary>
    public double NormalPrecision => Ratio(TrueNegatives, TrueNegatives + FalseNegatives);

    /// <summary>The fraction of normal rows not flagged: TN / (TN + FP); also true negative rate, specificity.</summary>
    public double NormalRecall => Ratio(TrueNegatives, Normals);

    /// <summary>The harmonic mean of <see cref="NormalPrecision"/> and <see cref="NormalRecall"/>.</summary>
    public double NormalF1 => HarmonicMean(TrueNegatives, FalseNegatives, FalsePositives);

    /// <summary>
    /// The mean of <see cref="F1"/> and <see cref="NormalF1"/>, also where a class is missing (scikit-learn:
    /// <c>f1_score(average='macro', labels=[0, 1], zero_division=0)</c>).
    /// </summary>
    public double MacroF1 => (F1 + NormalF1) / 2;

    /// <summary>The mean of <see cref="F1"/> and <see cref="NormalF1"/>, each weighted by the rows of its class (its support).</summary>
    public double WeightedF1 => Total == 0 ? 0 : ((F1 * Anomalies) + (NormalF1 * Normals)) / Total;

    /// <summary>The fraction of rows told right: (TP + TN) / total. High for a detector that flags nothing where anomalies are rare.</summary>
    public double Accuracy => Ratio(TruePositives + TrueNegatives, Total);

    /// <summary>
    /// The mean of <see cref="Recall"/> and <see cref="NormalRecall"/>; where a class has no rows, the other's alone, as scikit-learn's
    /// <c>balanced_accuracy_score</c>.
    /// </summary>
    public double BalancedAccuracy => Anomalies == 0 ? NormalRecall : Normals == 0 ? Recall : (Recall + NormalRecall) / 2;

    /// <summary>The fraction of normal rows flagged: FP / (FP + TN); 1 − <see cref="NormalRecall"/> where there are normal rows.</summary>
    public double FalsePositiveRate => Ratio(FalsePositives, Normals);

    /// <summary>
    /// Matthews' correlation of label and flag, from −1 to 1; 0 for chance, and where a class is missing in either, as scikit-learn's
    /// <c>matthews_corrcoef</c>.
    /// </summary>
    /// <remarks>Reference: B. W. Matthews, Biochimica et Biophysica Acta 405 (1975); the phi coefficient.</remarks>
    public double MatthewsCorrelation
    {
        get
        {
            long flagged = TruePositives + FalsePositives;
            double denominator = Math.Sqrt((double)Anomalies * Normals) * Math.Sqrt((double)flagged * (Total - flagged));

            // The two products are nearly equal for a detector near chance: subtracted as integers, nothing is lost.
            Int128 difference = ((Int128)TruePositives * TrueNegatives) - ((Int128)FalsePositives * FalseNegatives);
            return denominator == 0 ? 0 : Math.Clamp((double)difference / denominator, -1, 1);
        }
    }

    private long Anomalies => TruePositives + FalseNegatives;

    private long Normals => TrueNegatives + FalsePositives;

    /// <summary>Counts flags against labels.</summary>
    /// <param name="labels">One label per row (<see langword="true"/> = anomaly), at least one; either class may be absent.</param>
    /// <param name="predictions">One flag per row (<see langword="true"/> = flagged as an anomaly).</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">There are no rows, or the counts differ.</exception>
    public static ConfusionMatrix FromPredictions(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions)
    {
        MetricInputs.CheckCounts(labels.Length, predictions.Length, nameof(labels), nameof(predictions));
        int anomalies = 0;
        int flagged = 0;
        int found = 0;
        for (int row = 0; row < labels.Length; row++)
            Count(labels[row], predictions[row], ref anomalies, ref flagged, ref found);
        return FromCounts(labels.Length, anomalies, flagged, found);
    }

    /// <summary>Counts the flags of the rule score &gt; threshold against labels.</summary>
    /// <param name="labels">One label per row (<see langword="true"/> = anomaly), at least one; either class may be absent.</param>
    /// <param name="scores">One score per row, not NaN; compared in double precision.</param>
    /// <param name="threshold">The threshold, not NaN; a score equal to it is not flagged. Infinities are allowed.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentException">There are no rows, the counts differ, or a score or the threshold is NaN.</exception>
    public static ConfusionMatrix AtThreshold(ReadOnlySpan<bool> labels, ReadOnlySpan<float> scores, double threshold)
    {
        MetricInputs.CheckCounts(labels.Length, scores.Length, nameof(labels), nameof(scores));
        if (double.IsNaN(threshold))
        {
            throw new ArgumentException(
                "The threshold is NaN, and no score is ever above NaN. Give a number, or +∞ to flag nothing.", nameof(threshold));
        }

        int anomalies = 0;
        int flagged = 0;
        int found = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            float score = scores[row];
            if (float.IsNaN(score))
                throw MetricInputs.NaNScore(row, nameof(scores));
            Count(labels[row], score > threshold, ref anomalies, ref flagged, ref found);
        }

        return FromCounts(labels.Length, anomalies, flagged, found);
    }

    /// <summary>The counts and the measures of the anomaly class, in the invariant culture.</summary>
    /// <returns>For instance <c>TN 90, FP 2, FN 3, TP 5 (precision 0.7143, recall 0.6250, F1 0.6667)</c>.</returns>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"TN {TrueNegatives}, FP {FalsePositives}, FN {FalseNegatives}, TP {TruePositives} "
        + $"(precision {Precision:F4}, recall {Recall:F4}, F1 {F1:F4})");

    private static void Count(bool label, bool flag, ref int anomalies, ref int flagged, ref int found)
    {
        // Selections, not branches: labels and flags follow no pattern a processor could guess.
        anomalies += label ? 1 : 0;
        flagged += flag ? 1 : 0;
        found += label & flag ? 1 : 0;
    }

    private static ConfusionMatrix FromCounts(int rows, int anomalies, int flagged, int found) => new(
        trueNegatives: rows - anomalies - (flagged - found),
        falsePositives: flagged - found,
        falseNegatives: anomalies - found,
        truePositives: found);

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private static double HarmonicMean(long right, long wronglyFlagged, long missed) =>
        right == 0 ? 0 : 2d * right / ((2d * right) + wronglyFlagged + missed);

    private static long Checked(long count, string name)
    {
        // The quarter keeps the sum of the four within a long.
        if (count is < 0 or > long.MaxValue / 4)
        {
            throw new ArgumentOutOfRangeException(name, count, $"A count of rows is from 0 to {long.MaxValue / 4}.");
        }

        return count;
    }
}
