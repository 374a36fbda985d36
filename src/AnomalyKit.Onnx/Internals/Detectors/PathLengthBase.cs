using AnomalyKit.IsolationForest;

namespace AnomalyKit.Onnx.Detectors;

/// <summary>What path lengths of each tree are counted from: its part of the sum at which the score meets the threshold.</summary>
internal static class PathLengthBase
{
    /// <summary>One whole number of 2⁻¹⁶ for each tree.</summary>
    public static int[] Of(IsolationForestModel model, double threshold)
    {
        double unit = 1 << IsolationForestModel.FractionBits;
        double normal = model.NormalPathLength * unit;
        double mean = threshold is > 0 and < 1 ? -Math.Log2(threshold) * normal : normal;
        // No leaf is as deep as that where the threshold is next to 0.
        mean = Math.Min(mean, model.PathLength.Max());
        double sum = Math.Round(mean * model.TreeCount);
        var bases = new int[model.TreeCount];
        double before = 0;
        for (int tree = 0; tree < bases.Length; tree++)
        {
            double after = Math.Round(sum * (tree + 1) / bases.Length);
            bases[tree] = (int)(after - before);
            before = after;
        }

        return bases;
    }
}
