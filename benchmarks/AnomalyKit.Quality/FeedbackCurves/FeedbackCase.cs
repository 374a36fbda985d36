using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Sessions;

namespace AnomalyKit.Quality;

/// <summary>A fitted base detector, the rows that may be asked about, and others that only measure.</summary>
internal sealed class FeedbackCase
{
    public FeedbackCase(IAnomalyDetector detector, FeatureMatrix asked, FeatureMatrix measured, ulong seed, CancellationToken cancellationToken)
    {
        Options = new FeedbackOptions { Seed = seed };
        Rows = new SessionRows(detector, asked, null, cancellationToken);
        Space = SpaceFitting.Fit(Rows, Options);
        Truth = asked.Labels.ToArray();
        Labels = measured.Labels.ToArray();
        Measured = measured;
        var scored = new SessionRows(detector, measured, null, cancellationToken);
        BaseScores = scored.Scores;
        Priors = new double[measured.RowCount];
        Features = new float[measured.RowCount][];
        for (int row = 0; row < Features.Length; row++)
        {
            Priors[row] = scored.Prior(Space, row);
            scored.Features(Space, row, Features[row] = new float[Space.FeatureCount]);
        }
    }

    public FeedbackOptions Options { get; }

    public SessionRows Rows { get; }

    public RowSpace Space { get; }

    /// <summary>What an analyst would answer about the rows that may be asked about.</summary>
    public bool[] Truth { get; }

    public FeatureMatrix Measured { get; }

    public bool[] Labels { get; }

    public float[] BaseScores { get; }

    public double[] Priors { get; }

    public float[][] Features { get; }
}
