using AnomalyKit.IsolationForest;
using AnomalyKit.IsolationForest.Scoring;
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
/// Immutable and safe for any number of threads. The first batch of some dozens of rows builds the tables of the fast kernel, once: about a
/// millisecond for 100 trees of 256 rows.
/// </para>
/// </remarks>
public sealed class IsolationForestDetector : AnomalyDetector
{
    internal const string KindName = "isolation-forest";

    private static readonly DetectorInfo Description = new(
        KindName,
        "2^(-E[h] / c(psi)), where E[h] is the row's average path length over the trees and c(psi) that of an unsuccessful search; raised towards 1 where the row departs from columns that were constant in training",
        0,
        1,
        "F. T. Liu, K. M. Ting, Z.-H. Zhou: Isolation Forest, ICDM 2008");

    private static readonly ModelCatalog OwnCatalog = new([Format]);

    private readonly IsolationForestModel _model;
    private readonly ForestScorer _scorer;
    private readonly bool _folded;

    internal IsolationForestDetector(DetectorFrame frame, IsolationForestModel model)
        : base(frame)
    {
        _model = model;
        _folded = frame.Transform.IsIdentity || frame.Transform is ColumnScaling;
        _scorer = new ForestScorer(model, frame.Transform as ColumnScaling, schema: _folded ? frame.Schema : null);
    }

    private IsolationForestDetector(DetectorFrame frame, IsolationForestDetector other)
        : base(frame)
    {
        _model = other._model;
        _scorer = other._scorer;
        _folded = other._folded;
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info => Description;

    /// <summary>The number of trees.</summary>
    public int TreeCount => _model.TreeCount;

    /// <summary>The training rows that each tree was grown on, ψ.</summary>
    public int SampleSize => _model.SampleSize;

    /// <summary>The depth at which growing stopped.</summary>
    public int DepthLimit => _model.DepthLimit;

    internal IsolationForestModel Model => _model;

    /// <summary>Loads a forest from a file. For files of any kind of detector, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The forest.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, no isolation forest, or of a newer format.</exception>
    public static IsolationForestDetector Load(string path) => (IsolationForestDetector)OwnCatalog.Load(path);

    /// <summary>Loads a forest from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <returns>The forest.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, no isolation forest, or of a newer format.</exception>
    public static IsolationForestDetector Load(Stream source) => (IsolationForestDetector)OwnCatalog.Load(source);

    /// <summary>One forest of the trees of several, so that training can be spread over machines.</summary>
    /// <param name="forests">
    /// At least one forest; all with the same columns (names and offsets), sample size, depth limit and fitted scaling. Give them different seeds, or
    /// the same seed and different <see cref="IsolationForestTrainer.FirstTree"/>: merging trees 0–49 and 50–99 of one seed and data set
    /// gives the scores of the forest of 100 trees, bit for bit.
    /// </param>
    /// <returns>
    /// The merged forest. Its threshold is the mean of the forests' thresholds weighted by their trees; set another with
    /// <see cref="AnomalyDetector.WithThreshold(ThresholdRule, ReadOnlySpan{float})"/>.
    /// </returns>
    /// <exception cref="ArgumentException">There is no forest, or two do not fit together; the message says in what.</exception>
    public static IsolationForestDetector Merge(params IEnumerable<IsolationForestDetector> forests)
    {
        ArgumentNullException.ThrowIfNull(forests);
        IsolationForestDetector[] parts = [.. forests];
        if (Array.IndexOf(parts, null) is >= 0 and var missing)
            throw new ArgumentException($"Forest {missing} is null.", nameof(forests));
        var (frame, model) = ForestMerge.Merge([.. parts.Select(part => (part.Frame, part.Model))]);
        return new IsolationForestDetector(frame, model);
    }

    /// <summary>The same forest with another threshold, without refitting.</summary>
    /// <inheritdoc/>
    public override IsolationForestDetector WithThreshold(double threshold) => (IsolationForestDetector)base.WithThreshold(threshold);

    /// <inheritdoc/>
    protected override int BlockRows => Math.Clamp((1 << 22) / TreeCount / 8 * 8, 8, base.BlockRows);

    /// <inheritdoc/>
    protected override void ScoreRows(ReadOnlySpan<float> rows, Span<float> scores)
    {
        if (_folded)
            _scorer.Score(rows, scores);
        else
            base.ScoreRows(rows, scores);
    }

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores) => _scorer.Score(rows, scores);

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new IsolationForestDetector(frame, this);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer) => _model.WriteTo(writer);

    private static IsolationForestDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new(frame, IsolationForestModel.Read(reader, frame.Transform.OutputColumns));
}
