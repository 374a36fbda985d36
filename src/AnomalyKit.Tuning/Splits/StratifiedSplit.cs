using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Deals anomalies, normal rows and rows without a label out to the folds in turn, each in a random order.</summary>
internal sealed class StratifiedSplit(int folds, ulong seed) : ValidationSplit(folds)
{
    public override string ToString() => $"stratified:{FoldCount}";

    internal override string Drawing => FormattableString.Invariant($"seed {seed}");

    private protected override IReadOnlyList<ValidationFold> Folds(SearchRows rows, int[] among, int folds)
    {
        var labels = rows.Labels;
        // By position among the rows to divide.
        int[][] strata =
        [
            .. new Func<int, bool>[] { row => labels.IsAnomaly[row], row => labels.Knows(row) && !labels.IsAnomaly[row], row => !labels.Knows(row) }
                .Select(belongs => Enumerable.Range(0, among.Length).Where(i => belongs(among[i])).ToArray()),
        ];
        int anomalies = strata[0].Length;
        if (anomalies < 2)
        {
            throw new ArgumentException(
                $"{(anomalies == 0 ? "None" : "1")} of the {among.Length} rows is labeled an anomaly. At least 2 are needed: one to fit on and one to find. Label more rows, or use RecommendedEnsemble with its defaults.");
        }

        folds = Math.Min(folds, anomalies);
        var foldOf = new int[among.Length];
        int next = 0;
        for (int stratum = 0; stratum < strata.Length; stratum++)
        {
            foreach (int i in Shuffle.Of<int>(strata[stratum], seed, (ulong)stratum))
                foldOf[i] = next++ % folds;
        }

        return FoldsOf(rows, among, foldOf, folds);
    }
}
