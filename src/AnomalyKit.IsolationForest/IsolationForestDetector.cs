using AnomalyKit.IsolationForest;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted isolation forest. Its score is 2^(−E[h] / c(ψ)): the shorter a row's average path E[h] to isolation, the nearer to 1.</summary>
/// <remarks>
/// <para>
/// F. T. Liu, K. M. Ting, Z.-H. Zhou, <i>Isolation Forest</i>, ICDM 2008, and <i>Isolation-Based Anomaly Detection</i>, TKDD 2012. Scores lie in
/// (0, 1]: about 0.5 for rows that are as hard to isolate as the average, near 1 for anomalies. A row goes left where its value is <b>below</b> a
/// split's threshold. Path lengths are rounded to 2⁻¹⁶ and summed exactly, so the scores are the same to the bit on every machine, at any batch
/// size and thread count; the rounding changes a score by less than 10⁻⁶ of itself.
/// </para>
/// <para>
/// No tree can split a column that was constant in training. A row that departs from such columns by u, in units of min(1, |constant|) and beyond float32 rounding, has its
/// score s raised to 1 − (1 − s) / (1 + 8 √u). The scores of other rows are those of the trees, to the bit.
/// </para>
/// <para>
/// Rows are explained by exact Shapley values of −E[h]: see <see cref="AttributionExtensions"/>. Background rows make them interventional; without, they follow from the trees alone. A forest behind a transform
/// that mixes columns is explained by sampling.
/// </para>
/// <para>
/// Immutable and safe for any number of threads. The first batch of some dozens of rows builds the tables of the fast kernel, once: about a
/// millisecond for 100 trees of 256 rows.
/// </para>
/// </remarks>
public sealed class IsolationForestDetector : AnomalyDetector<IsolationForestDetector>, IDetectorKind<IsolationForestDetector>
{
    private readonly IsolationForestModel _trees;

    internal IsolationForestDetector(DetectorFrame frame, FittedForest forest)
        : base(frame, forest) => _trees = forest.Trees;

    static string IDetectorKind<IsolationForestDetector>.Kind => FittedForest.KindName;

    /// <summary>The number of trees.</summary>
    public int TreeCount => _trees.TreeCount;

    /// <summary>The training rows that each tree was grown on, ψ.</summary>
    public int SampleSize => _trees.SampleSize;

    /// <summary>The depth at which growing stopped.</summary>
    public int DepthLimit => _trees.DepthLimit;

    internal IsolationForestModel Model => _trees;

    /// <summary>One forest of the trees of several, so that training can be spread over machines.</summary>
    /// <param name="forests">
    /// At least one forest; all with the same columns (names, offsets, levels and where cells may be missing), sample size, depth limit and fitted scaling. Give them different seeds, or
    /// the same seed and different <see cref="IsolationForestTrainer.FirstTree"/>: merging trees 0–49 and 50–99 of one seed and data set
    /// gives the scores of the forest of 100 trees, bit for bit.
    /// </param>
    /// <returns>
    /// The merged forest. Its threshold is the mean of the forests' thresholds weighted by their trees; set another with
    /// <see cref="AnomalyDetector{TSelf}.WithThreshold(ThresholdRule, ReadOnlySpan{float})"/>. Its calibration is that of the first forest, fitted on the scores of that forest alone: fit it anew on
    /// scores of the merged forest (<see cref="AnomalyDetector{TSelf}.WithCalibration(ScoreCalibration, ReadOnlySpan{float})"/>).
    /// </returns>
    /// <exception cref="ArgumentException">There is no forest, or two do not fit together; the message says in what.</exception>
    public static IsolationForestDetector Merge(params IEnumerable<IsolationForestDetector> forests)
    {
        ArgumentNullException.ThrowIfNull(forests);
        IsolationForestDetector[] parts = [.. forests];
        if (Array.IndexOf(parts, null) is >= 0 and var missing)
            throw new ArgumentException($"Forest {missing} is null.", nameof(forests));
        var (frame, model) = ForestMerge.Merge([.. parts.Select(part => (part.Frame, part.Model))]);
        return new IsolationForestDetector(frame, new FittedForest(frame.Schema, frame.Transform, model));
    }

    static IsolationForestDetector IDetectorKind<IsolationForestDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedForest)model);

    static DetectorModel IDetectorKind<IsolationForestDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new FittedForest(frame.Schema, frame.Transform, IsolationForestModel.Read(reader, frame.Transform, frame.Schema));
}
