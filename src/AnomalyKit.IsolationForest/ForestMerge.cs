namespace AnomalyKit.IsolationForest;

/// <summary>Puts the trees of several forests into one, after checking that their path lengths mean the same.</summary>
internal static class ForestMerge
{
    public static IsolationForestDetector Merge(IsolationForestDetector[] forests)
    {
        if (forests.Length == 0)
            throw new ArgumentException("There is no forest to merge.", nameof(forests));
        if (Array.IndexOf(forests, null) is >= 0 and var missing)
            throw new ArgumentException($"Forest {missing} is null.", nameof(forests));
        var first = forests[0];
        for (int i = 1; i < forests.Length; i++)
            ThrowIfDifferent(first, forests[i], i);

        long nodes = forests.Sum(forest => (long)forest.Model.Feature.Length);
        if (nodes > Array.MaxLength)
            throw new ArgumentException($"The merged forest would have {nodes} nodes; at most {Array.MaxLength} fit.", nameof(forests));
        var starts = new List<int> { 0 };
        foreach (var forest in forests)
        {
            int before = starts[^1];
            starts.AddRange(forest.Model.TreeStarts.Skip(1).Select(start => before + start));
        }

        var model = new IsolationForestModel(
            first.Model.Columns,
            first.SampleSize,
            first.DepthLimit,
            [.. starts],
            [.. forests.SelectMany(forest => forest.Model.Feature)],
            [.. forests.SelectMany(forest => forest.Model.Threshold)],
            [.. forests.SelectMany(forest => forest.Model.Left)],
            [.. forests.SelectMany(forest => forest.Model.Size)],
            forests.Select(forest => forest.Model.Constants).Aggregate(ConstantColumns.Common));
        double threshold = forests.Sum(forest => forest.Threshold * forest.TreeCount) / model.TreeCount;
        // ∞ and −∞ have no mean; nothing is flagged then.
        if (double.IsNaN(threshold))
            threshold = double.PositiveInfinity;
        var frame = new DetectorFrame(first.Schema, first.Transform, threshold, $"mean of {forests.Length} merged forests") { Calibrator = first.Calibrator };
        return new IsolationForestDetector(frame, new FittedForest(first.Schema, first.Transform, model));
    }

    private static void ThrowIfDifferent(IsolationForestDetector first, IsolationForestDetector other, int index)
    {
        string? difference =
            !first.Schema.Equals(other.Schema) ? $"columns ({other.Schema} instead of {first.Schema}, or other offsets)"
            : first.SampleSize != other.SampleSize ? $"sample size ({other.SampleSize} instead of {first.SampleSize})"
            : first.DepthLimit != other.DepthLimit ? $"depth limit ({other.DepthLimit} instead of {first.DepthLimit})"
            : !first.Transform.Equals(other.Transform) ? "fitted scaling; fit it once and share it with FeatureScaling.Fitted"
            : null;
        if (difference is not null)
            throw new ArgumentException($"Forest {index} cannot be merged with forest 0: it differs in its {difference}.", nameof(other));
    }
}
