namespace AnomalyKit;

/// <summary>A row to ask an analyst about.</summary>
/// <param name="Key">The stable key of the row, which the answer is given under.</param>
/// <param name="Row">Where the row stands in the session's matrix, from 0.</param>
/// <param name="Score">The present logarithm of its odds: the score that the detector of the session gives.</param>
/// <param name="BaseScore">The base detector's score.</param>
public sealed record FeedbackQuestion(string Key, int Row, double Score, float BaseScore);
