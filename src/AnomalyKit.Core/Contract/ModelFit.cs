namespace AnomalyKit;

/// <summary>What an algorithm hands back to <see cref="DetectorTrainer{TDetector}"/>: the model, and the scores of the training rows where it came by them on the way.</summary>
public sealed class ModelFit
{
    /// <summary>Keeps both.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="trainingScores">One score per training row, or null to have the model score them as new rows.</param>
    public ModelFit(DetectorModel model, float[]? trainingScores = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model;
        TrainingScores = trainingScores;
    }

    /// <summary>The fitted model.</summary>
    public DetectorModel Model { get; }

    /// <summary>One score per training row; null where the model scores them as new rows.</summary>
    public float[]? TrainingScores { get; }
}
