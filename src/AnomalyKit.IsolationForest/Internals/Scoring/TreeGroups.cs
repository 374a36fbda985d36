namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Divides a forest's trees into groups for the bit-sliced kernel and a rest that is walked.</summary>
/// <remarks>
/// A group shares the work of ranking values, so it should be large; but a feature may have no more than 255 thresholds in it, and its offsets must
/// fit 16 bits. What is cheaper walked is walked: large trees, whose nodes are all evaluated for every row, and groups that split so
/// many features that ranking costs more than it saves.
/// </remarks>
internal static class TreeGroups
{
    // Nanoseconds a row, measured on AVX2 at about 3 GHz; only their ratios matter.
    private const double RankFeature = 2.1;
    private const double EvaluateSplit = 0.03;
    private const double WalkLevel = 1.3;

    /// <summary>Offsets into thermometers and masks are 16-bit counts of 8-byte words.</summary>
    private const int OffsetWords = ushort.MaxValue;

    public static (List<Group> Groups, int[] Walked) Divide(IsolationForestModel model, float[] thresholds, int wordsPerVector)
    {
        int mostFeatures = OffsetWords / (BitSlicing.Thermometers * wordsPerVector);
        int mostNodes = OffsetWords / wordsPerVector;
        if (TryAll(model, thresholds, mostFeatures, mostNodes) is { } all)
            return ([all], []);
        var groups = new List<Group>();
        var walked = new List<int>();
        var group = new OpenGroup(model, thresholds, mostFeatures);
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int nodes = model.TreeStarts[tree + 1] - model.TreeStarts[tree];
            if (nodes > mostNodes || WalkIsCheaper(nodes, model.TreeDepths[tree]))
            {
                walked.Add(tree);
            }
            else if (!group.TryAdd(tree))
            {
                Close();
                if (!group.TryAdd(tree))
                    walked.Add(tree);
            }
        }

        Close();
        walked.Sort();
        return (groups, [.. walked]);

        void Close()
        {
            if (group.SlicedCost > group.WalkedCost)
                walked.AddRange(group.Trees);
            else if (group.Trees.Count > 0)
                groups.Add(group.ToGroup());
            group = new OpenGroup(model, thresholds, mostFeatures);
        }
    }

    /// <summary>The usual case, which must not slow a fit down: all trees in one group, found by sorting.</summary>
    private static Group? TryAll(IsolationForestModel model, float[] thresholds, int mostFeatures, int mostNodes)
    {
        long levels = 0;
        for (int tree = 0; tree < model.TreeCount; tree++)
        {
            int nodes = model.TreeStarts[tree + 1] - model.TreeStarts[tree];
            if (nodes > mostNodes || WalkIsCheaper(nodes, model.TreeDepths[tree]))
                return null;
            levels += model.TreeDepths[tree];
        }

        var ends = new int[model.Columns];
        foreach (int feature in model.Feature)
        {
            if (feature >= 0)
                ends[feature]++;
        }

        for (int feature = 1; feature < ends.Length; feature++)
            ends[feature] += ends[feature - 1];
        var byFeature = new float[ends[^1]];
        var next = (int[])ends.Clone();
        for (int at = 0; at < model.Feature.Length; at++)
        {
            if (model.Feature[at] >= 0)
                byFeature[--next[model.Feature[at]]] = thresholds[at];
        }

        var features = new List<FeatureThresholds>();
        for (int feature = 0; feature < ends.Length; feature++)
        {
            if (next[feature] == ends[feature])
                continue;
            float[] distinct = Distinct(byFeature.AsSpan(next[feature]..ends[feature]));
            if (distinct.Length > ThresholdRanks.MostThresholds)
                return null;
            features.Add(new FeatureThresholds(feature, distinct));
        }

        return features.Count <= mostFeatures && SlicedCost(features.Count, byFeature.Length) <= levels * WalkLevel
            ? new Group([.. Enumerable.Range(0, model.TreeCount)], [.. features])
            : null;
    }

    private static bool WalkIsCheaper(int nodes, int depth) => nodes / 2 * EvaluateSplit > depth * WalkLevel;

    private static double SlicedCost(int features, long splits) => (features * RankFeature) + (splits * EvaluateSplit);

    private static float[] Distinct(Span<float> values)
    {
        values.Sort();
        int count = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (count == 0 || values[i] != values[count - 1])
                values[count++] = values[i];
        }

        return values[..count].ToArray();
    }

    /// <param name="Trees">The trees' indexes.</param>
    /// <param name="Features">The features that the trees split by, ascending.</param>
    internal sealed record Group(int[] Trees, FeatureThresholds[] Features);

    /// <param name="Column">The feature.</param>
    /// <param name="Thresholds">Its distinct thresholds within the group, ascending.</param>
    internal readonly record struct FeatureThresholds(int Column, float[] Thresholds);

    private sealed class OpenGroup(IsolationForestModel model, float[] thresholds, int mostFeatures)
    {
        private readonly SortedDictionary<int, HashSet<float>> _seen = [];
        private long _splits;
        private long _levels;

        public List<int> Trees { get; } = [];

        public double SlicedCost => TreeGroups.SlicedCost(_seen.Count, _splits);

        public double WalkedCost => _levels * WalkLevel;

        /// <summary>Adds a tree's thresholds; where that would be too many, takes back what was added.</summary>
        public bool TryAdd(int tree)
        {
            var added = new List<(int Feature, float Threshold)>();
            for (int at = model.TreeStarts[tree]; at < model.TreeStarts[tree + 1]; at++)
            {
                int feature = model.Feature[at];
                if (feature < 0)
                    continue;
                if (!_seen.TryGetValue(feature, out var seen))
                    _seen.Add(feature, seen = []);
                if (!seen.Add(thresholds[at]))
                    continue;
                added.Add((feature, thresholds[at]));
                if (seen.Count > ThresholdRanks.MostThresholds || _seen.Count > mostFeatures)
                {
                    TakeBack(added);
                    return false;
                }
            }

            Trees.Add(tree);
            _splits += (model.TreeStarts[tree + 1] - model.TreeStarts[tree]) / 2;
            _levels += model.TreeDepths[tree];
            return true;
        }

        public Group ToGroup() =>
            new([.. Trees], [.. _seen.Select(entry => new FeatureThresholds(entry.Key, Distinct([.. entry.Value])))]);

        private void TakeBack(List<(int Feature, float Threshold)> added)
        {
            foreach (var (feature, threshold) in added)
            {
                _seen[feature].Remove(threshold);
                if (_seen[feature].Count == 0)
                    _seen.Remove(feature);
            }
        }
    }
}
