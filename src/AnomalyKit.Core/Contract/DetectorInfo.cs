namespace AnomalyKit;

/// <summary>What a kind of detector is, for reports and documentation.</summary>
public sealed record DetectorInfo
{
    /// <summary>Describes a kind of detector.</summary>
    /// <param name="kind">The short name used in model files, reports and command lines, for example <c>isolation-forest</c>.</param>
    /// <param name="scoreDefinition">What the score is, in a sentence.</param>
    /// <param name="minimumScore">The lower end of the range of scores; may be −∞.</param>
    /// <param name="maximumScore">The upper end of the range of scores; may be +∞.</param>
    /// <param name="reference">The paper that defines the algorithm.</param>
    /// <exception cref="ArgumentException">The kind is blank.</exception>
    public DetectorInfo(string kind, string scoreDefinition, double minimumScore, double maximumScore, string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(scoreDefinition);
        ArgumentNullException.ThrowIfNull(reference);
        Kind = kind;
        ScoreDefinition = scoreDefinition;
        MinimumScore = minimumScore;
        MaximumScore = maximumScore;
        Reference = reference;
    }

    /// <summary>The short name used in model files, reports and command lines, for example <c>isolation-forest</c>.</summary>
    public string Kind { get; }

    /// <summary>What the score is, in a sentence.</summary>
    public string ScoreDefinition { get; }

    /// <summary>The lower end of the range of scores; may be −∞.</summary>
    public double MinimumScore { get; }

    /// <summary>The upper end of the range of scores; may be +∞.</summary>
    public double MaximumScore { get; }

    /// <summary>The paper that defines the algorithm.</summary>
    public string Reference { get; }
}
