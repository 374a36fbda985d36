using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Quality;

/// <summary>The rows that a detector is fitted on and measured on, drawn as the peers' script does with NumPy: the same seed, the same rows.</summary>
/// <param name="Train">70 % of the anomalies, then 70 % of the others, each in the order drawn.</param>
/// <param name="Test">The others, in the order drawn.</param>
internal sealed record QualitySplit(int[] Train, int[] Test)
{
    /// <summary>The most rows used of a set.</summary>
    public const int MaximumRows = 10_000;

    /// <summary>A draw with fewer anomalies says nothing and is left out.</summary>
    public const int MinimumAnomalies = 6;

    private const double TrainShare = 0.7;

    /// <summary>Draws rows, or nothing where too few anomalies are among them.</summary>
    public static QualitySplit? Draw(ReadOnlySpan<bool> labels, int seed)
    {
        int[] drawn = NumPyLegacyPermutation.Create((uint)seed, labels.Length);
        if (drawn.Length > MaximumRows)
            Array.Resize(ref drawn, MaximumRows);

        var anomalies = new List<int>();
        var normals = new List<int>();
        foreach (int row in drawn)
            (labels[row] ? anomalies : normals).Add(row);
        if (anomalies.Count < MinimumAnomalies)
            return null;

        int[] train = [.. anomalies[..(int)(TrainShare * anomalies.Count)], .. normals[..(int)(TrainShare * normals.Count)]];
        var chosen = train.ToHashSet();
        return new QualitySplit(train, [.. drawn.Where(row => !chosen.Contains(row))]);
    }
}
