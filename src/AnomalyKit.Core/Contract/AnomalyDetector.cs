using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>The base of fitted detectors: a model in a frame, with loading, and with changes of threshold and calibration that keep the detector's type.</summary>
/// <typeparam name="TSelf">The derived detector.</typeparam>
/// <remarks>
/// The model does the work (<see cref="DetectorModel"/>); a derived detector shows what it has learned and says how it is put together and read
/// (<see cref="IDetectorKind{TSelf}"/>). Forms of scoring and saving are in <see cref="DetectorExtensions"/>.
/// </remarks>
// CA1000: these statics are called on the derived detector (IsolationForestDetector.Load), where no type argument is written.
#pragma warning disable CA1000
public abstract class AnomalyDetector<TSelf> : IAnomalyDetector
    where TSelf : AnomalyDetector<TSelf>, IDetectorKind<TSelf>
{
    /// <summary>Puts a model into a frame.</summary>
    /// <param name="frame">Columns, transform, threshold and calibration.</param>
    /// <param name="model">The model, with the frame's transform.</param>
    /// <exception cref="ArgumentException">The model was fitted behind another transform than the frame's.</exception>
    protected AnomalyDetector(DetectorFrame frame, DetectorModel model)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(model);
        if (!ReferenceEquals(frame.Transform, model.Transform))
            throw new ArgumentException("The model was fitted with a different transform than that of the frame.", nameof(model));
        Frame = frame;
        FittedModel = model;
    }

    /// <summary>How this kind of detector is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static DetectorFormat Format { get; } = new(
        TSelf.Kind, (reader, frame, catalog) => TSelf.Create(frame, ColumnKindFormat.Checked(TSelf.ReadModel(reader, frame, catalog), frame.Schema)));

    /// <inheritdoc/>
    public DetectorInfo Info => FittedModel.Info;

    /// <inheritdoc/>
    public DetectorFrame Frame { get; }

    /// <inheritdoc cref="IAnomalyDetector.Schema"/>
    public FeatureSchema Schema => Frame.Schema;

    /// <summary>The fitted scaling between the columns and the model.</summary>
    public FeatureTransform Transform => Frame.Transform;

    /// <inheritdoc cref="IAnomalyDetector.Threshold"/>
    public double Threshold => Frame.Threshold;

    /// <inheritdoc cref="IAnomalyDetector.ThresholdOrigin"/>
    public string ThresholdOrigin => Frame.ThresholdOrigin;

    /// <inheritdoc cref="IAnomalyDetector.Calibrator"/>
    public ScoreCalibrator? Calibrator => Frame.Calibrator;

    /// <inheritdoc cref="IAnomalyDetector.Profile"/>
    public ReferenceProfile? Profile => Frame.Profile;

    /// <inheritdoc/>
    public int BlockRows => FittedModel.BlockRows;

    /// <summary>What the algorithm has learned.</summary>
    protected DetectorModel FittedModel { get; }

    /// <summary>Loads a detector of this kind from a file. For files of any kind, use <c>DetectorFile.Load</c> of the package AnomalyKit.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The kinds of detectors and transforms that this one may hold; null where it holds none but those of the core package.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, of another kind, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TSelf Load(string path, ModelCatalog? catalog = null) => OfThisKind(KindsWith(catalog).Load(path));

    /// <summary>Loads a detector of this kind from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <param name="catalog">The kinds of detectors and transforms that this one may hold; null where it holds none but those of the core package.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, of another kind, or of a newer format.</exception>
    public static TSelf Load(Stream source, ModelCatalog? catalog = null) => OfThisKind(KindsWith(catalog).Load(source));

    /// <inheritdoc/>
    public void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        if (rows.ColumnCount != Schema.ColumnCount && rows.RowCount > 0)
            throw new ArgumentException($"The rows have {rows.ColumnCount} columns; the detector was fitted on {Schema.ColumnCount}: {Schema}.", nameof(rows));
        if (rows.RowCount != scores.Length)
            throw new ArgumentException($"Room for {scores.Length} scores; there are {rows.RowCount} rows.", nameof(scores));
        if (rows.Cells.Overlaps(scores))
            throw new ArgumentException("The scores overlap the rows: they would change rows that are yet to be scored.", nameof(scores));
        if (rows.RowCount > 0)
            FittedModel.ScoreRows(rows, scores);
    }

    /// <inheritdoc/>
    public RowAttributor? OwnAttributor(AttributionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return FittedModel.CreateAttributor(Schema, options);
    }

    /// <inheritdoc cref="DetectorExtensions.WithThreshold(IAnomalyDetector, double)"/>
    public TSelf WithThreshold(double threshold) => TSelf.Create(Frame.WithThreshold(threshold), FittedModel);

    /// <summary>The same detector with a threshold found by a rule over scores, without refitting.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scores">Scores of rows like those that will come, for instance of the last month.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentException">The rule finds no threshold in these scores.</exception>
    public TSelf WithThreshold(ThresholdRule rule, ReadOnlySpan<float> scores) => TSelf.Create(Frame.WithThreshold(rule, scores), FittedModel);

    /// <summary>The same detector with a calibration fitted on scores, without refitting.</summary>
    /// <param name="calibration">The recipe; <see cref="ScoreCalibration.None"/> takes the calibration away.</param>
    /// <param name="scores">Scores of rows like those that will come; for conformal p-values, of rows that the detector was not fitted on.</param>
    /// <returns>A new detector that shares the fitted model.</returns>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public TSelf WithCalibration(ScoreCalibration calibration, ReadOnlySpan<float> scores) => TSelf.Create(Frame.WithCalibration(calibration, scores), FittedModel);

    /// <inheritdoc cref="IAnomalyDetector.WithFrame"/>
    public TSelf WithFrame(DetectorFrame frame) => TSelf.Create(frame, FittedModel);

    IAnomalyDetector IAnomalyDetector.WithFrame(DetectorFrame frame) => WithFrame(frame);

    void IAnomalyDetector.WriteModel(ModelWriter writer) => FittedModel.WriteTo(writer);

    private static ModelCatalog KindsWith(ModelCatalog? catalog)
    {
        var kinds = catalog ?? ModelCatalog.Empty;
        return kinds.Lists(TSelf.Kind) ? kinds : kinds.With(Format);
    }

    private static TSelf OfThisKind(IAnomalyDetector loaded) => loaded as TSelf ?? throw new ModelFormatException(
        $"The model file holds a detector of kind '{loaded.Info.Kind}'; '{TSelf.Kind}' was expected. Load it with DetectorFile.Load.");
}
