namespace AnomalyKit;

/// <summary>Copies tables from one format to another.</summary>
public static class TableConversion
{
    private const int BatchRows = 1 << 16;

    /// <summary>Copies all rows, in memory that does not grow with them, and completes the destination.</summary>
    /// <param name="reader">The rows.</param>
    /// <param name="writer">The destination.</param>
    /// <param name="progress">Receives the number of rows copied so far, after each batch; null (the default) for no reports.</param>
    /// <param name="cancellationToken">Stops the copying; the destination is not completed.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="TableDataException">The source is damaged.</exception>
    /// <exception cref="IOException">Source or destination fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static long CopyTo(this TableReader reader, TableWriter writer, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(writer);
        bool wrote = false;
        while (reader.ReadBatch(BatchRows, cancellationToken) is { } batch)
        {
            writer.Write(batch, cancellationToken);
            progress?.Report(reader.RowCount);
            wrote = true;
        }

        // A destination learns its columns from a table, also where that has no row.
        if (!wrote)
            writer.Write(reader.ReadAll(cancellationToken), cancellationToken);
        writer.Complete();
        return reader.RowCount;
    }
}
