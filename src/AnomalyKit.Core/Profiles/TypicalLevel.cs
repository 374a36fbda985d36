namespace AnomalyKit.Profiles;

/// <summary>What a level of a column contributes to the ordinary rows that have it.</summary>
/// <param name="Cells">The cells of such a row that tell the level.</param>
/// <param name="Median">The median.</param>
/// <param name="Spread">How far one row in ten goes beyond the median.</param>
/// <param name="IsWrongInMost">Whether the detector finds the column's cell to be wrong in most of these rows.</param>
internal sealed record TypicalLevel(float[] Cells, double Median, double Spread, bool IsWrongInMost);
