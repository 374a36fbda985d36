using AnomalyKit.OneClassSvm.Solver;

namespace AnomalyKit.OneClassSvm;

/// <summary>The training rows' scores from the solver's final gradient, which holds their decision values: to the bit what scoring them as new rows gives.</summary>
/// <remarks>
/// A gradient that was summed anew is the same sum in the same order. One that was brought up to date by what changed has the same terms, kernel values in float32, but
/// summed in another order: the rounding of double sums is bounded, and the few rows whose float32 score it could change are scored as new rows.
/// </remarks>
internal sealed class TrainingScores(DualSolution solution)
{
    private const double UnitRoundoff = 1.0 / (1L << 53);

    /// <summary>Sets the scores that are certain, and gives the rows whose scores are not; nothing where nothing is known.</summary>
    public int[]? Fill(OneClassSvmModel model, Span<float> scores)
    {
        // Kernel values between 0 and 1 are what bounds the terms.
        if (solution.GradientDrift > 0 && !(model.Function.IsRadial && double.IsFinite(solution.GradientDrift)))
            return null;
        double chain = (solution.GradientTerms / Kernels.PointPanels.Granule) + 16;
        var doubtful = new List<int>();
        for (int row = 0; row < scores.Length; row++)
        {
            double sum = solution.Gradient[row];
            float score = model.ScoreOf(sum);
            scores[row] = score;
            if (solution.GradientDrift == 0)
                continue;

            // Twice the first-order bound; scores fall with the sum, so that equal ends leave nothing between.
            double error = 4 * chain * UnitRoundoff * (Math.Abs(sum) + (2 * solution.GradientDrift));
            if (model.ScoreOf(sum - error) != model.ScoreOf(sum + error))
                doubtful.Add(row);
        }

        return [.. doubtful];
    }
}
