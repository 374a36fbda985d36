using AnomalyKit.Numerics;

namespace AnomalyKit.Ensemble;

/// <summary>A member's mean correlation with the others, on the common scale; nothing where it is below 0.</summary>
internal sealed record ConsensusWeighting : MemberWeighting
{
    public override string ToString() => "consensus";

    public override string ToText() => "consensus";

    private protected override double[] Factors(ScoreCalibrator?[] calibrators, float[][] scores, ReadOnlyMemory<double> rowWeights, FitContext context)
    {
        var normalized = new double[scores.Length][];
        context.ForBlocks("comparing members", scores.Length, m => normalized[m] = Standardised(scores[m], calibrators[m], rowWeights.Span));
        var factors = new double[scores.Length];
        for (int m = 0; m < scores.Length; m++)
        {
            double sum = 0;
            for (int other = 0; other < scores.Length; other++)
                sum += other == m ? 0 : Correlation(normalized[m], normalized[other]);
            factors[m] = Math.Max(0, sum / (scores.Length - 1));
        }

        return factors;
    }

    /// <summary>Mean 0 and length 1, values times the roots of rows' weights; zeros where all scores are equal.</summary>
    private static double[] Standardised(float[] scores, ScoreCalibrator? calibrator, ReadOnlySpan<double> rowWeights)
    {
        double[] values = Array.ConvertAll(scores, score => calibrator?.Calibrate(score) ?? score);
        if (!rowWeights.IsEmpty)
            return Standardised(values, rowWeights);
        double mean = values.Average();
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
            squares += values[i] * values[i];
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = squares > 0 ? values[i] / Math.Sqrt(squares) : 0;
        return values;
    }

    private static double[] Standardised(double[] values, ReadOnlySpan<double> rowWeights)
    {
        double mean = FixedSum.Dot(values, rowWeights) / FixedSum.Of(rowWeights);
        double squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(rowWeights[i]) * (values[i] - mean);
            squares += values[i] * values[i];
        }

        for (int i = 0; i < values.Length; i++)
            values[i] = squares > 0 ? values[i] / Math.Sqrt(squares) : 0;
        return values;
    }

    private static double Correlation(double[] one, double[] other)
    {
        double sum = 0;
        for (int i = 0; i < one.Length; i++)
            sum += one[i] * other[i];
        return sum;
    }
}
