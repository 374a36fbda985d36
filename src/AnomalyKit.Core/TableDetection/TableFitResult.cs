namespace AnomalyKit;

/// <summary>What a fit on a table found: the detector with its preparation, and what it says of the rows that it was fitted on.</summary>
public sealed class TableFitResult
{
    internal TableFitResult(TableDetector detector, ReadOnlyMemory<float> trainingScores)
    {
        Detector = detector;
        TrainingScores = trainingScores;
    }

    /// <summary>The fitted detector, with its preparation.</summary>
    public TableDetector Detector { get; }

    /// <summary>One score per training row: see <see cref="FitResult{TDetector}.TrainingScores"/>.</summary>
    public ReadOnlyMemory<float> TrainingScores { get; }
}
