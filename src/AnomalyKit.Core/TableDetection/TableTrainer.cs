using AnomalyKit.Preparation;
using AnomalyKit.Profiles;

namespace AnomalyKit;

/// <summary>A preparation in front of a trainer: fits both on a table, and gives one object that takes raw rows to decisions.</summary>
/// <remarks>
/// <code>
/// var trainer = new TableTrainer(new IsolationForestTrainer()) { Preparation = new() { Missing = MissingCells.Native } };
/// TableDetector detector = trainer.Fit(table);
/// detector.Save("payments.akm");
/// </code>
/// Immutable and safe for any number of threads; fitting twice gives the same detector twice.
/// </remarks>
public sealed partial record TableTrainer
{
    /// <summary>Puts a preparation in front of a trainer.</summary>
    /// <param name="trainer">Any detector's trainer, or an ensemble's.</param>
    public TableTrainer(IDetectorTrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        Trainer = trainer;
    }

    /// <summary>Fits the detector on the prepared rows.</summary>
    public IDetectorTrainer Trainer { get; }

    /// <summary>Turns tables into matrices. By default missing cells are refused, categories are used as the trainer can, and <see cref="DateParts.Automatic"/> says what of dates counts.</summary>
    public TablePreparation Preparation { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Fits preparation and detector.</summary>
    /// <param name="table">The training rows. Ids ride along; a label is not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted detector, with its preparation.</returns>
    /// <exception cref="TableDataException">The table cannot be used; the message names row, column, value and remedy.</exception>
    /// <exception cref="ArgumentException">The options do not fit the table, or each other; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableDetector Fit(FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (preparation, matrix) = Prepare(table, cancellationToken);
        var detector = Trainer.Fit(matrix, Inner(options), cancellationToken);
        return Profiled(table, preparation, detector, matrix, options, cancellationToken);
    }

    /// <summary>Fits preparation and detector, and says what the detector makes of the training rows.</summary>
    /// <param name="table">The training rows. Ids ride along; a label is not looked at.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted detector, and the scores of the training rows that the threshold is found on.</returns>
    /// <exception cref="TableDataException">The table cannot be used; the message names row, column, value and remedy.</exception>
    /// <exception cref="ArgumentException">The options do not fit the table, or each other; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public TableFitResult FitAndScore(FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        var (preparation, matrix) = Prepare(table, cancellationToken);
        var result = Trainer.FitAndScore(matrix, Inner(options), cancellationToken);
        return new TableFitResult(Profiled(table, preparation, result.Detector, matrix, options, cancellationToken), result.TrainingScores);
    }

    private (FittedPreparation Preparation, FeatureMatrix Matrix) Prepare(FeatureTable table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        var preparation = NewPreparationFit().Run(table, cancellationToken);
        return (preparation, preparation.ApplyUnlabeled(table, cancellationToken: cancellationToken));
    }

    private PreparationFit NewPreparationFit() => new(Preparation, Trainer.AcceptsMissing, Trainer.AcceptsCategories, Trainer.GetType().Name);

    /// <summary>Lets the detector keep scores and rows; the columns that people know are those of the table.</summary>
    private static FitOptions Inner(FitOptions? options) => new()
    {
        MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1,
        Progress = options?.Progress,
        KeepProfile = options?.KeepProfile ?? true,
        ProfileColumns = false,
    };

    private static TableDetector Profiled(
        FeatureTable table, FittedPreparation preparation, IAnomalyDetector detector, FeatureMatrix matrix, FitOptions? options, CancellationToken cancellationToken)
    {
        if (!(options?.KeepProfile ?? true))
            return new TableDetector(preparation, detector);
        var context = new FitContext(new FitOptions { MaxDegreeOfParallelism = options?.MaxDegreeOfParallelism ?? -1 }, cancellationToken);
        var inner = detector.Profile ?? MatrixProfile.Of(matrix, subset: null, areChecked: true, withColumns: false, context);
        var profile = TableProfile.Of(table, [.. preparation.Schema.Fields.Select(field => field.Name)], context).WithScoresOf(inner).WithRows(inner.Rows);
        return new TableDetector(preparation, detector.WithFrame(detector.Frame with { Profile = null }), profile);
    }
}
