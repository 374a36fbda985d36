namespace AnomalyKit;

/// <summary>What a kind of detector is, for reports and documentation.</summary>
/// <param name="Kind">The short name used in model files, reports and command lines, for example <c>isolation-forest</c>.</param>
/// <param name="ScoreDefinition">What the score is, in a sentence.</param>
/// <param name="MinimumScore">The lower end of the score's range; may be −∞.</param>
/// <param name="MaximumScore">The upper end of the score's range; may be +∞.</param>
/// <param name="Reference">The paper that defines the algorithm.</param>
public sealed record DetectorInfo(string Kind, string ScoreDefinition, double MinimumScore, double MaximumScore, string Reference);
