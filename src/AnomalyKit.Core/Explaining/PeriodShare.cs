namespace AnomalyKit.Explaining;

/// <summary>How many training rows share a part of a date that comes round again.</summary>
/// <param name="Share">The part of the training rows.</param>
/// <param name="Even">What it would be if all hours, weekdays or days of the year were alike.</param>
/// <param name="Near">What these rows share, in words: <c>fall on a Sunday</c>.</param>
internal sealed record PeriodShare(TrainingShare Share, double Even, string Near);
