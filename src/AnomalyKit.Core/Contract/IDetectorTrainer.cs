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
