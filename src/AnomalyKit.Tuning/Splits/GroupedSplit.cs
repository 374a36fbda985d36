using AnomalyKit.Tuning;

namespace AnomalyKit;

/// <summary>Gives whole groups to folds: those with most anomalies first, each to the fold that has the fewest anomalies, and of these the fewest rows.</summary>
internal sealed class GroupedSplit(GroupKeys keys, int folds, ulong seed) : ValidationSplit(folds)
{
    public override string ToString() => $"grouped:{keys}:{FoldCount}";

    internal override string Drawing => FormattableString.Invariant($"seed {seed}{keys.Given}");

    private protected override IReadOnlyList<ValidationFold> Folds(SearchRows rows, int[] among, int folds)
    {
        string[] keyOf = keys.Of(rows);
        var groups = Enumerable.Range(0, among.Length)
            .GroupBy(i => keyOf[among[i]], StringComparer.Ordinal)
            .Select(group => (Members: group.ToArray(), Anomalies: group.Count(i => rows.Labels.IsAnomaly[among[i]])))
            .ToArray();
        int withAnomaly = groups.Count(group => group.Anomalies > 0);
        if (withAnomaly < 2)
        {
            throw new ArgumentException(
                $"{withAnomaly} of the {groups.Length} groups of '{keys}' {(withAnomaly == 1 ? "has" : "have")} an anomaly. At least 2 are needed: one to fit on and one to find. Use another column, or a split without groups.");
        }

        folds = Math.Min(folds, withAnomaly);
        var (anomalies, counts, foldOf) = (new int[folds], new int[folds], new int[among.Length]);
        foreach (var (members, count) in Shuffle.Of<(int[] Members, int Anomalies)>(groups, seed, 0).OrderByDescending(group => group.Anomalies).ThenByDescending(group => group.Members.Length))
        {
            int fold = Enumerable.Range(0, folds).MinBy(fold => (anomalies[fold], counts[fold]));
            anomalies[fold] += count;
            counts[fold] += members.Length;
            foreach (int member in members)
                foldOf[member] = fold;
        }

        return FoldsOf(rows, among, foldOf, folds);
    }
}
