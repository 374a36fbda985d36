namespace AnomalyKit;

/// <summary>What <c>FeatureMatrix.LoadCsv</c> read and how.</summary>
public sealed class CsvReport
{
    /// <summary>The number of data rows in the matrix.</summary>
    public required long RowCount { get; init; }

    /// <summary>The number of rows that <see cref="CsvOptions.BadRows"/> had skipped; 0 where they are refused.</summary>
    public long SkippedRowCount { get; init; }

    /// <summary>Bytes taken from the file or stream in the last pass (compressed bytes if it is compressed).</summary>
    public required long BytesRead { get; init; }

    /// <summary>The feature columns, with the offsets that they were stored with.</summary>
    public required FeatureSchema Schema { get; init; }

    /// <summary>Columns whose spread the stored cells do not keep; empty in nearly every case.</summary>
    public IReadOnlyList<PrecisionLoss> PrecisionLosses { get; init; } = [];

    /// <summary>How often the file was read: 2 if columns needed offsets that its first rows did not show, else 1.</summary>
    public int PassCount { get; init; } = 1;
}
