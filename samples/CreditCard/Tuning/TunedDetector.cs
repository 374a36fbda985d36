namespace AnomalyKit.Samples.CreditCard.Tuning;

/// <summary>A detector before and after its options were searched by the labels of the first day.</summary>
/// <param name="Name">The detector.</param>
/// <param name="Found">What the search found on the first day.</param>
/// <param name="Untuned">On the second day, with the recommended settings.</param>
/// <param name="Tuned">On the second day, with those that were found.</param>
/// <param name="Seconds">What the search took.</param>
internal sealed record TunedDetector(string Name, SearchResult Found, DayFigures Untuned, DayFigures Tuned, double Seconds);
