namespace AnomalyKit;

/// <summary>Options of a detection algorithm that can be fitted to data.</summary>
/// <remarks>A trainer is immutable and safe for any number of threads; fitting twice gives the same detector twice.</remarks>
public interface IDetectorTrainer
{
    /// <summary>Whether missing cells (<see cref="FeatureSchema.MissingAllowed"/>) can be used as they are. If not, a fit on such columns is refused.</summary>
    bool AcceptsMissing => false;

    /// <summary>Whether categories (<see cref="FeatureSchema.LevelCounts"/>) can be used as they are. If not, a fit on such columns is refused.</summary>
    bool AcceptsCategories => false;

    /// <summary>Whether <see cref="FeatureMatrix.Weights"/> other than 0 and 1 are taken into account. False by default.</summary>
    /// <value>Where it is false, trainers that derive from <see cref="DetectorTrainer{TDetector}"/> refuse such weights; others may not look at weights at all.</value>
    bool AcceptsWeights => false;

    /// <summary>How the threshold follows from scores; null where the trainer does not say.</summary>
    ThresholdRule? Threshold => null;

    /// <summary>How scores are brought to a scale with a meaning; null where the trainer does not say.</summary>
    ScoreCalibration? Calibration => null;

    /// <summary>
    /// Names the rows that a fit looks at, before any of them is seen, so that tables too long for memory can be fitted from a few of their rows:
    /// see <see cref="FitDrawn"/>.
    /// </summary>
    /// <param name="totalRowCount">The rows of the whole table.</param>
    /// <returns>The rows; null (the default) where the model follows from all of them, or where they are too many.</returns>
    RowSubset? DrawRows(long totalRowCount) => null;

    /// <summary>Fits the detector of a whole table on the rows of it that <see cref="DrawRows"/> names.</summary>
    /// <param name="data">
    /// Those rows, and any others of the table. What holds for all rows of the table must hold for these, and only that: a column that is not constant must not be constant here.
    /// </param>
    /// <param name="rows">Where the rows of <paramref name="data"/> stand in the table.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; honoured within about 100 ms.</param>
    /// <returns>
    /// The model of a fit on the whole table. Threshold and calibration follow from the scores of some of the rows, at most 32,768 of equal stretches of the table: find them anew when
    /// the whole table was scored.
    /// </returns>
    /// <exception cref="NotSupportedException"><see cref="DrawRows"/> names no rows.</exception>
    /// <exception cref="ArgumentException">The data cannot be used with these options, or a row that is needed is not there.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IAnomalyDetector FitDrawn(FeatureMatrix data, RowSubset rows, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException($"{GetType().Name} looks at all rows, so it cannot be fitted from some of them. Fit it on a sample of the rows.");

    /// <summary>Fits a detector.</summary>
    /// <param name="data">The training rows; labels, if any, are not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; honoured within about 100 ms.</param>
    /// <returns>The fitted detector.</returns>
    /// <exception cref="ArgumentException">The data cannot be used with these options; the message says why and what to do.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IAnomalyDetector Fit(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>About how much memory a fit needs besides the training rows, for those who plan what runs side by side.</summary>
    /// <param name="rows">The number of training rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <returns>Bytes; an estimate, not a promise.</returns>
    long EstimateMemory(int rows, int columns) => 8L * rows * columns;

    /// <summary>Fits a detector, and says what it makes of the training rows.</summary>
    /// <param name="data">The training rows; labels, if any, are not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; honoured within about 100 ms.</param>
    /// <returns>The fitted detector, and the scores of the training rows that the threshold is found on.</returns>
    /// <exception cref="ArgumentException">The data cannot be used with these options; the message says why and what to do.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    FitResult<IAnomalyDetector> FitAndScore(FeatureMatrix data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var check = new FitContext(new FitOptions { MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1 }, cancellationToken);
        return FitAndScore(CheckedRows.Check(data, check), options, cancellationToken);
    }

    /// <summary>Fits a detector on rows that were checked before, and says what it makes of them. The default hands the matrix to <see cref="Fit"/> and scores it.</summary>
    /// <param name="rows">The training rows; trainers that share them share scalings too.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit; honoured within about 100 ms.</param>
    /// <returns>The fitted detector, and the scores of the training rows that the threshold is found on.</returns>
    /// <exception cref="ArgumentException">The data cannot be used with these options; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    FitResult<IAnomalyDetector> FitAndScore(CheckedRows rows, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var detector = Fit(rows.Data, options, cancellationToken);
        var scores = new float[rows.Data.RowCount];
        var scoring = new ScoreOptions { MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1 };
        MatrixScoring.By(detector, scoring, rowsAreChecked: detector.Schema.Equals(rows.Data.Schema)).Run(rows.Data, scores, cancellationToken);
        return new FitResult<IAnomalyDetector>(detector, scores);
    }
}
