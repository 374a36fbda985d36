using System.Runtime.CompilerServices;
using AnomalyKit.Persistence;
using AnomalyKit.Preparation;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <summary>A fitted detector behind the preparation that it was fitted with: takes raw rows of tables to scores and decisions, and is saved and loaded as one file.</summary>
/// <remarks>Fitted, immutable, safe for any number of threads, and complete. A row's score never depends on the rows beside it.</remarks>
public sealed partial class TableDetector
{
    /// <summary>The column of scores in what is written: higher is more anomalous.</summary>
    public const string ScoreColumn = "score";

    /// <summary>The column of decisions in what is written: true for an anomaly.</summary>
    public const string DecisionColumn = "label";

    /// <summary>The column of p-values in what is written by detectors with a calibration of tails: small for anomalies.</summary>
    public const string PValueColumn = "p_value";

    /// <summary>The name of the column of row numbers in tables of scores, where they are asked for: <c>row</c>.</summary>
    public const string RowColumn = "row";

    /// <summary>The name of the column of reasons in tables of scores, where they are asked for: <c>reasons</c>, sentences in one text.</summary>
    public const string ReasonsColumn = "reasons";

    private const string ProfileScope = "table-profile";

    internal readonly TableScoring _scoring;

    /// <summary>Puts a fitted preparation in front of a fitted detector.</summary>
    /// <param name="preparation">The preparation.</param>
    /// <param name="detector">A detector that was fitted on matrices of the preparation.</param>
    /// <exception cref="ArgumentException">The detector was fitted on other columns than the preparation gives.</exception>
    public TableDetector(FittedPreparation preparation, IAnomalyDetector detector)
        : this(preparation, detector, profile: null)
    {
    }

    internal TableDetector(FittedPreparation preparation, IAnomalyDetector detector, ReferenceProfile? profile)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        ArgumentNullException.ThrowIfNull(detector);
        if (!detector.Schema.HasColumnsOf(preparation.Output))
            throw new ArgumentException($"The detector was fitted on ({detector.Schema}); the preparation gives ({preparation.Output}).", nameof(detector));
        Preparation = preparation;
        Detector = detector;
        Profile = profile;
        TakesValues = preparation.TakesValues;
        _scoring = new TableScoring(preparation, detector);
    }

    /// <summary>Takes tables to matrices, and says which column of a matrix comes from which column of a table.</summary>
    public FittedPreparation Preparation { get; }

    /// <summary>Takes matrices to scores.</summary>
    public IAnomalyDetector Detector { get; }

    /// <summary>
    /// What the detector remembers of the table that it was fitted on, by the table's own columns; its <see cref="ReferenceProfile.Rows"/> are in the encoding of <see cref="Detector"/>.
    /// Null where it was fitted without (<see cref="FitOptions.KeepProfile"/>), and from files of versions before 0.3.0.
    /// </summary>
    public ReferenceProfile? Profile { get; }

    /// <summary>
    /// How many of the rows of <see cref="Profile"/> were set aside for a conformal calibration (<see cref="ScoreCalibration.Conformal"/>), so that the detector was not fitted on them. Null where none were, and where that is not known.
    /// </summary>
    public int? CalibrationRowCount =>
        Detector.Calibrator is ConformalCalibrator conformal && Profile is { HasHeldOutScores: true } profile && conformal.CalibrationRowCount < profile.RowCount ? conformal.CalibrationRowCount : null;

    /// <summary>Reads the columns that the detector needs, as what it needs them to be: give it to a reader of rows to be scored, with the ids that are to ride along.</summary>
    public TableLayout Layout => TableLayout.Of(Preparation.Schema);

    /// <summary>A row is an anomaly if its score is greater than this.</summary>
    public double Threshold => Detector.Threshold;

    /// <summary>Where the threshold comes from, for people.</summary>
    /// <value>For example <c>contamination 0.01</c>; after a fit that set rows aside also how many of them are above, such as <c>contamination 0.003; rests on few rows: 2 of 702 set aside are above</c>.</value>
    public string ThresholdOrigin => Detector.ThresholdOrigin;

    /// <summary>What made the model; null where nobody said, and from files of versions before 0.3.0.</summary>
    public ModelOrigin? Origin => Detector.Frame.Origin;

    /// <summary>Loads a detector with its preparation from a file. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="path">The file.</param>
    /// <param name="catalog">The kinds of detectors that can be loaded; the package AnomalyKit has one of all its detectors: <c>DetectorFile.LoadTableDetector</c> uses it.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, without a preparation, of an unknown kind, or of a newer format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableDetector Load(string path, ModelCatalog catalog) => ModelPath.Read(path, stream => Load(stream, catalog));

    /// <summary>Loads a detector with its preparation from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <param name="catalog">The kinds of detectors that can be loaded.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, without a preparation, of an unknown kind, or of a newer format.</exception>
    public static TableDetector Load(Stream source, ModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(catalog);
        return Read(source, catalog, throwIfBare: true);
    }

    /// <summary>Loads a detector of tables, or one of matrices as one of tables (see <see cref="Of"/>), from a stream, from its present position to its end.</summary>
    /// <param name="source">A readable stream; it stays open.</param>
    /// <param name="catalog">The kinds of detectors that can be loaded.</param>
    /// <returns>The detector, ready to score.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, of an unknown kind, or of a newer format; or it holds a detector of matrices with categories.</exception>
    public static TableDetector LoadAny(Stream source, ModelCatalog catalog)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(catalog);
        return Read(source, catalog, throwIfBare: false);
    }

    /// <summary>Saves preparation and detector to one file, which appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced. The customary ending is <c>.akm</c>.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    public void Save(string path) => Writer().Save(path);

    /// <summary>Saves preparation and detector to a stream.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination) => Writer().Save(destination);

    /// <summary>Scores rows.</summary>
    /// <param name="table">Rows with the columns of the preparation, found by name in any order; further columns are left alone.</param>
    /// <param name="options">Threads, and the number of the first row for errors; the rest is for what is written.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>One score per row; higher is more anomalous.</returns>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public float[] Score(FeatureTable table, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var scores = new float[table.RowCount];
        Score(table, scores, options, cancellationToken);
        return scores;
    }

    /// <summary>Scores rows into a caller's span.</summary>
    /// <param name="table">Rows with the columns of the preparation, found by name in any order; further columns are left alone.</param>
    /// <param name="scores">Receives one score per row; higher is more anomalous.</param>
    /// <param name="options">Threads, and the number of the first row for errors; the rest is for what is written.</param>
    /// <param name="cancellationToken">Stops the scoring; scores written so far stay.</param>
    /// <exception cref="ArgumentException">There is not one score per row.</exception>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Score(FeatureTable table, Span<float> scores, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (scores.Length != table.RowCount)
            throw new ArgumentException($"Room for {scores.Length} scores; the table has {table.RowCount} rows.", nameof(scores));
        _scoring.Run(table, scores, options?.FirstRow ?? 0, options?.MaxDegreeOfParallelism ?? -1, cancellationToken);
    }

    /// <summary>Says which rows are anomalies.</summary>
    /// <param name="table">Rows with the columns of the preparation.</param>
    /// <returns>One label per row: whether its score is greater than <see cref="Threshold"/>.</returns>
    /// <exception cref="TableDataException">A column is missing or of another kind, or a cell cannot be used; row, column and value are named.</exception>
    public bool[] IsAnomaly(FeatureTable table)
    {
        double threshold = Threshold;
        return Array.ConvertAll(Score(table), score => score > threshold);
    }

    /// <summary>Scores a source batch by batch, in memory that does not grow with it.</summary>
    /// <param name="reader">The rows, opened with <see cref="Layout"/>.</param>
    /// <param name="options">What is kept beside the scores, threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>
    /// Tables of the row numbers if asked for, the ids, the kept columns, <see cref="ScoreColumn"/>, <see cref="DecisionColumn"/>, where the detector has such a calibration <see cref="PValueColumn"/>, and
    /// the reasons if asked for; one at the end where only the highest scores are kept.
    /// </returns>
    /// <exception cref="ArgumentException">There is no such column to keep, or it is named like one of the scores.</exception>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async IAsyncEnumerable<FeatureTable> ScoreAsync(
        TableReader reader, TableScoreOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var run = new TableRun(this, _scoring, options ?? new TableScoreOptions(), reader.TotalRowCount);
        reader.ThrowIfSpent();
        await foreach (var batch in reader.ReadBatchesAsync(run.BatchRows, cancellationToken).ConfigureAwait(false))
        {
            if (run.Score(batch, cancellationToken) is { } scored)
                yield return scored;
        }

        reader.MarkSpent();
        if (run.Finish(cancellationToken) is { } last)
            yield return last;
    }

    /// <summary>Scores a source into a file or other destination, batch by batch, and completes it.</summary>
    /// <param name="reader">The rows, opened with <see cref="Layout"/>.</param>
    /// <param name="writer">Receives the tables that <see cref="ScoreAsync"/> gives.</param>
    /// <param name="options">What is kept beside the scores, threads and progress.</param>
    /// <param name="cancellationToken">Stops the scoring; the destination is not completed.</param>
    /// <returns>How many rows were scored, and how many of them are anomalies.</returns>
    /// <exception cref="ArgumentException">There is no such column to keep, or it is named like one of the scores.</exception>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="IOException">Source or destination fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableProgress Score(TableReader reader, TableWriter writer, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(writer);
        var run = new TableRun(this, _scoring, options ?? new TableScoreOptions(), reader.TotalRowCount);
        bool wrote = false;
        reader.ThrowIfSpent();
        while (reader.ReadBatch(run.BatchRows, cancellationToken) is { } batch)
            Write(run.Score(batch, cancellationToken));
        reader.MarkSpent();
        if (run.Done.RowCount == 0)
            Write(run.Score(reader.ReadAll(cancellationToken), cancellationToken));
        Write(run.Finish(cancellationToken));
        writer.Complete();
        return run.Done;

        // A destination learns its columns from the first table, also where that has no anomaly.
        void Write(FeatureTable? scored)
        {
            if (scored is null || (wrote && scored.RowCount == 0))
                return;
            writer.Write(scored, cancellationToken);
            wrote = true;
        }
    }

    /// <summary>Scores a source batch by batch, for those who need rows and scores themselves.</summary>
    /// <param name="reader">The rows, opened with <see cref="Layout"/>.</param>
    /// <param name="options">Threads, the size of batches, the number of the first row, a sketch and progress, which is reported when the caller asks for the next batch; what is written does not matter.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    /// <returns>The batches in the order of the source; each is read and scored when it is asked for.</returns>
    /// <exception cref="InvalidOperationException">The reader has no rows left, because they were read before.</exception>
    /// <exception cref="TableDataException">A cell cannot be used, or the source is damaged; row, column and value are named.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<ScoredTable> ScoreBatches(TableReader reader, TableScoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        reader.ThrowIfSpent();
        return Batches(reader, options ?? new TableScoreOptions(), cancellationToken);
    }

    /// <summary>The same detector with a word on what made it, which its file keeps.</summary>
    /// <param name="origin">What made it; null to say nothing.</param>
    /// <returns>A new detector, sharing preparation and model.</returns>
    public TableDetector WithOrigin(ModelOrigin? origin) => new(Preparation, Detector.WithOrigin(origin), Profile);

    /// <summary>The kind of the detector, and the columns it looks at.</summary>
    /// <returns>For example <c>isolation-forest on amount: number, merchant: category</c>.</returns>
    public override string ToString() => $"{Detector.Info.Kind} on {Preparation.Schema}";

    private IEnumerable<ScoredTable> Batches(TableReader reader, TableScoreOptions options, CancellationToken cancellationToken)
    {
        var batches = new BatchScoring(_scoring, options, reader.TotalRowCount);
        while (reader.ReadBatch(options.BatchRows, cancellationToken) is { } batch)
        {
            long first = options.FirstRow + batches.Done.RowCount;
            yield return new ScoredTable(first, batch, batches.Score(batch, cancellationToken).Scores);
            batches.Report();
        }

        reader.MarkSpent();
    }

    private static TableDetector Read(Stream source, ModelCatalog catalog, bool throwIfBare)
    {
        var contents = ModelContents.Read(source);
        var reader = new ModelReader(contents);
        if (!reader.HasPart(PreparationFormat.Scope))
        {
            if (throwIfBare)
                throw new ModelFormatException("The model file holds a detector of matrices, without a preparation of tables. Load it with DetectorFile.Load, or the Load of its type.");
            var bare = catalog.ReadDetector(reader);
            contents.ThrowIfUntaken();
            return bare.Schema.HasCategories
                ? throw new ModelFormatException($"The model file holds a detector of matrices with categories ({bare.Schema}): only codes of levels, no words. Fit it on a table.")
                : Of(bare);
        }

        var preparation = PreparationFormat.Read(reader.Scope(PreparationFormat.Scope));
        var detector = catalog.ReadDetector(reader);
        var profile = reader.HasPart(ProfileScope) ? ProfileFormat.Read(reader.Scope(ProfileScope), detector.Schema, preparation.Schema.ColumnCount) : null;
        contents.ThrowIfUntaken();
        return detector.Schema.HasColumnsOf(preparation.Output)
            ? new TableDetector(preparation, detector, profile)
            : throw ModelReader.FormatError("its preparation gives other columns than its detector was fitted on");
    }

    private ModelWriter Writer()
    {
        var writer = new ModelWriter();
        Preparation.WriteTo(writer.Scope(PreparationFormat.Scope));
        Detector.WriteTo(writer);
        if (Profile is not null)
            ProfileFormat.Write(writer.Scope(ProfileScope), Profile);
        return writer;
    }
}
