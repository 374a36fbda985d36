namespace AnomalyKit;

/// <summary>What one member of an ensemble says about one row.</summary>
public readonly record struct MemberScore
{
    internal MemberScore(string member, float score, double normalized, double weight, bool isAnomaly, double surprisal)
    {
        Member = member;
        Score = score;
        Calibrated = normalized;
        Weight = weight;
        IsAnomaly = isAnomaly;
        Surprisal = surprisal;
    }

    /// <summary>The member's name.</summary>
    public string Member { get; }

    /// <summary>Its own score.</summary>
    public float Score { get; }

    /// <summary>The score on the ensemble's common scale.</summary>
    public double Calibrated { get; }

    /// <summary>Its share of the weights, from 0 to 1.</summary>
    public double Weight { get; }

    /// <summary>Whether its own score exceeds its own threshold: its vote.</summary>
    public bool IsAnomaly { get; }

    /// <summary>−log₁₀ of the probability of so high a score by the tail of the member's training scores, from 0 to 300. 0 where four of five training rows score no lower, and where the combiner is not
    /// <see cref="ScoreCombiner.MeanAndSurprisal"/>.</summary>
    public double Surprisal { get; }
}
