namespace AnomalyKit.Csv;

/// <summary>The offsets of all columns, and a typical value of each.</summary>
/// <param name="Offsets">What is subtracted before a value becomes float32.</param>
/// <param name="Centers">A value around which squares are summed: the mean of the first rows, or their value where they are all
/// equal.</param>
/// <param name="CenterRests">What is to be added to the centers, where more digits than a double keeps are needed: if the first rows differ in
/// such digits only.</param>
/// <param name="Middles">What the first rows show of columns with more digits than a double keeps; nothing where there are none.</param>
internal sealed record OffsetPlan(double[] Offsets, double[] Centers, double[] CenterRests, MiddleHalf[]? Middles);
