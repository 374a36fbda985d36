namespace AnomalyKit.IsolationForest;

/// <summary>Puts the trees of several forests into one, after checking that their path lengths mean the same.</summary>
internal static class ForestMerge
{
    /// <param name="forests">At least one forest, in its frame.</param>
    public static (DetectorFrame Frame, IsolationForestModel Model) Merge((DetectorFrame Frame, IsolationForestModel Model)[] forests)
    {
        if (forests.Length == 0)
            throw new ArgumentException("There is no forest to merge.", nameof(forests));
        var first = forests[0];
        for (int i = 1; i < forests.Length; i++)
            ThrowIfDifferent(first, forests[i], i, nameof(forests));

        long nodes = forests.Sum(forest => (long)forest.Model.Feature.Length);
        if (nodes > Array.MaxLength)
            throw new ArgumentException($"The merged forest would have {nodes} nodes; at most {Array.MaxLength} fit.", nameof(forests));
        var starts = new List<int> { 0 };
        var splits = new List<(int Node, int[] Right)>();
        foreach (var forest in forests)
        {
            int before = starts[^1];
            splits.AddRange(forest.Model.Categories?.From(before) ?? []);
            starts.AddRange(forest.Model.TreeStarts.Skip(1).Select(start => before + start));
        }

        var model = new IsolationForestModel(
            first.Model.Columns,
            first.Model.SampleSize,
            first.Model.DepthLimit,
            [.. starts],
            [.. forests.SelectMany(forest => forest.Model.Feature)],
            [.. forests.SelectMany(forest => forest.Model.Threshold)],
            [.. forests.SelectMany(forest => forest.Model.Left)],
            [.. forests.SelectMany(forest => forest.Model.Size)],
            forests.Select(forest => forest.Model.Constants).Aggregate(ConstantColumns.Common),
            CategorySplits.Of(splits));
        double threshold = forests.Sum(forest => forest.Frame.Threshold * forest.Model.TreeCount) / model.TreeCount;
        // ∞ and −∞ have no mean; nothing is flagged then.
        if (double.IsNaN(threshold))
            threshold = double.PositiveInfinity;
        var frame = new DetectorFrame(first.Frame.Schema, first.Frame.Transform, threshold, $"mean of {forests.Length} merged forests")
        {
            Calibrator = first.Frame.Calibrator,
            Profile = Profile([.. forests.Select(forest => forest.Frame.Profile)]),
        };
        return (frame, model);
    }

    /// <summary>The profile of the rows of all forests, or of the rows that all were grown on. Scores are those of each forest alone, so they stay only where all agree.</summary>
    private static ReferenceProfile? Profile(ReferenceProfile?[] profiles)
    {
        if (Array.IndexOf(profiles, null) >= 0)
            return null;
        if (Array.TrueForAll(profiles, profile => profile!.Equals(profiles[0])))
            return profiles[0];
        ReferenceProfile[] plain = [.. profiles.Select(profile => profile!.WithoutScores())];
        return Array.TrueForAll(plain, profile => profile.Equals(plain[0])) ? plain[0] : ReferenceProfile.Merge(plain);
    }

    private static void ThrowIfDifferent(
        (DetectorFrame Frame, IsolationForestModel Model) first, (DetectorFrame Frame, IsolationForestModel Model) other, int index, string argument)
    {
        string? difference =
            !first.Frame.Schema.Equals(other.Frame.Schema) ? $"columns ({other.Frame.Schema} instead of {first.Frame.Schema}, or other offsets, levels or missing cells)"
            : first.Model.SampleSize != other.Model.SampleSize ? $"sample size ({other.Model.SampleSize} instead of {first.Model.SampleSize})"
            : first.Model.DepthLimit != other.Model.DepthLimit ? $"depth limit ({other.Model.DepthLimit} instead of {first.Model.DepthLimit})"
            : !first.Frame.Transform.Equals(other.Frame.Transform) ? "fitted scaling; fit it once and share it with FeatureScaling.Fitted"
            : null;
        if (difference is not null)
            throw new ArgumentException($"Forest {index} cannot be merged with forest 0: it differs in its {difference}.", argument);
    }
}
