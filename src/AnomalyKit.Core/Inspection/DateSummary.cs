namespace AnomalyKit;

/// <summary>What the dates and times of a column are like.</summary>
/// <param name="Earliest">The earliest.</param>
/// <param name="Median">The time that half of the cells do not exceed; to about 100 microseconds, and within the error of a <see cref="QuantileSketch"/>.</param>
/// <param name="Latest">The latest.</param>
/// <remarks>Of kind <see cref="DateTimeKind.Utc"/> where the column holds points in time, otherwise <see cref="DateTimeKind.Unspecified"/>.</remarks>
public sealed record DateSummary(DateTime Earliest, DateTime Median, DateTime Latest);
