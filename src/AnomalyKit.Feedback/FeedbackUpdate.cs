namespace AnomalyKit;

/// <summary>How the last update of a session went: the fit that questions are chosen by. As long as all answers are of one kind, detectors take over less of it (<see cref="FeedbackSummary.IsOfOneKind"/>).</summary>
public sealed class FeedbackUpdate
{
    internal FeedbackUpdate(bool hasConverged, int iterationCount, double lossBefore, double lossAfter)
    {
        HasConverged = hasConverged;
        IterationCount = iterationCount;
        LossBefore = lossBefore;
        LossAfter = lossAfter;
    }

    /// <summary>
    /// Whether the solver came to its end. If not, it stopped at <see cref="FeedbackOptions.MaxIterations"/> or at the limit of what numbers can tell apart: what it had reached by then is used, which is finite
    /// and fits the answers no worse than the prior does.
    /// </summary>
    public bool HasConverged { get; }

    /// <summary>The steps that the solver took; 0 without answers.</summary>
    public int IterationCount { get; }

    /// <summary>The loss of the answers under the base detector's prior.</summary>
    public double LossBefore { get; }

    /// <summary>The loss of the answers under what was learned, plus its distance from the prior; never above <see cref="LossBefore"/>.</summary>
    public double LossAfter { get; }
}
