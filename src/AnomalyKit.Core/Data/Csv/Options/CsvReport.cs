namespace AnomalyKit;

/// <summary>What <c>FeatureMatrix.LoadCsv</c> read and how.</summary>
/// <param name="Rows">The number of data rows.</param>
/// <param name="BytesRead">Bytes taken from the file or stream in the last pass (compressed ones, where it is compressed).</param>
/// <param name="Schema">The feature columns, with the offsets that they were stored with.</param>
/// <param name="PrecisionLosses">Columns that float32 blurs all the same, empty in nearly every case.</param>
/// <param name="Passes">How often the file was read: 2 where columns needed offsets that its first rows did not show, else 1.</param>
public sealed record CsvReport(
    long Rows, long BytesRead, FeatureSchema Schema, IReadOnlyList<PrecisionLoss> PrecisionLosses, int Passes);
