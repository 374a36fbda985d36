namespace AnomalyKit;

/// <summary>What a kind of detector is, for reports and documentation.</summary>
public sealed record DetectorInfo
{
    /// <summary>Describes a kind of detector.</summary>
    /// <param name="kind">The short name used in model files, reports and command lines, for example <c>isolation-forest</c>.</param>
    /// <param name="scoreDefinition">What the score is, in a sentence.</param>
    /// <param name="minScore">The lower end of the range of scores; may be −∞.</param>
    /// <param name="maxScore">The upper end of the range of scores; may be +∞.</param>
    /// <param name="reference">The paper that defines the algorithm.</param>
    /// <exception cref="ArgumentException">The kind is blank.</exception>
    public DetectorInfo(string kind, string scoreDefinition, double minScore, double maxScore, string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(scoreDefinition);
        ArgumentNullException.ThrowIfNull(reference);
        Kind = kind;
        ScoreDefinition = scoreDefinition;
        MinScore = minScore;
        MaxScore = maxScore;
        Reference = reference;
    }

    /// <summary>The short name used in model files, reports and command lines, for example <c>isolation-forest</c>.</summary>
    public string Kind { get; }

    /// <summary>What the score is, in a sentence.</summary>
    public string ScoreDefinition { get; }

    /// <summary>The lower end of the range of scores; may be −∞.</summary>
    public double MinScore { get; }

    /// <summary>The upper end of the range of scores; may be +∞.</summary>
    public double MaxScore { get; }

    /// <summary>The paper that defines the algorithm.</summary>
    public string Reference { get; }
}
