namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Divides a forest's trees into groups for the bit-sliced kernel, none with more than 255 thresholds a feature, and a rest to be walked.</summary>
internal static class TreeGroups
{
    /// <summary>
    /// Trees with more nodes than this are walked: evaluating every node for every row costs more than a walk of their depth.
    /// </summary>
    public const int MostNodes = 4096;

    public static (List<Group> Groups, int[] Walked) Divide(IsolationForestModel model, float[] thresholds)
    {
        var groups = new List<Group>();
        var walked = new List<int>();
        var members = new List<int>();
        var seen = new HashSet<float>[model.Columns];
        for (int column = 0; column < seen.Length; column++)
            seen[column] = [];
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int begin = model.TreeStarts[tree];
            int end = model.TreeStarts[tree + 1];
            if (end - begin > MostNodes)
            {
                walked.Add(tree);
                continue;
            }

            if (!TryAdd(model, thresholds, begin, end, seen))
            {
                Close();
                if (!TryAdd(model, thresholds, begin, end, seen))
                {
                    walked.Add(tree);
                    Clear();
                    continue;
                }
            }

            members.Add(tree);
        }

        Close();
        return (groups, [.. walked]);

        void Close()
        {
            if (members.Count > 0)
                groups.Add(new Group([.. members], [.. seen.Select(Sorted)]));
            members.Clear();
            Clear();
        }

        void Clear()
        {
            foreach (var set in seen)
                set.Clear();
        }
    }

    private static float[] Sorted(HashSet<float> thresholds)
    {
        float[] sorted = [.. thresholds];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>Adds a tree's thresholds; where a feature would get too many, takes back what was added.</summary>
    private static bool TryAdd(IsolationForestModel model, float[] thresholds, int begin, int end, HashSet<float>[] seen)
    {
        var added = new List<(int Feature, float Threshold)>();
        for (int at = begin; at < end; at++)
        {
            int feature = model.Feature[at];
            if (feature < 0 || !seen[feature].Add(thresholds[at]))
                continue;
            added.Add((feature, thresholds[at]));
            if (seen[feature].Count > ThresholdRanks.MostThresholds)
            {
                foreach (var (addedFeature, threshold) in added)
                    seen[addedFeature].Remove(threshold);
                return false;
            }
        }

        return true;
    }

    /// <param name="Trees">The trees' indexes.</param>
    /// <param name="Thresholds">For each column its distinct thresholds, ascending.</param>
    internal sealed record Group(int[] Trees, float[][] Thresholds);
}
