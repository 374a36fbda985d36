using AnomalyKit.Ensemble;
using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;

namespace AnomalyKit.Feedback.Contributions;

/// <summary>What members' scores alone make of a row's odds: the prior of the combined score, and the straight lines that answers have taught.</summary>
/// <param name="space">Where rows lie.</param>
/// <param name="learned">What answers have taught.</param>
/// <param name="combiner">How the members' scores become one; null where there is one member.</param>
internal sealed class OddsOfScores(RowSpace space, LearnedOdds learned, IRowCombiner? combiner) : IRowCombiner
{
    public double Combine(Span<double> scores, Span<double> scratch)
    {
        double lines = 0;
        for (int m = 0; m < scores.Length; m++)
            lines += learned.Weights[m] * space.Members.Of(m, BaseScores.Narrow(scores[m]));

        // As a float, as the base detector hands it out: the prior may be steep.
        float score = BaseScores.Narrow(combiner is null ? scores[0] : combiner.Combine(scores, scratch));
        return lines + space.Prior.Of(score);
    }
}
