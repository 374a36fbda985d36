namespace AnomalyKit;

/// <summary>Writes typed tables batch by batch, in memory that does not grow with their number.</summary>
/// <remarks>
/// A file appears under its name when <see cref="Complete"/> has returned, whole; if the writer is disposed before, or fails, nothing of it is left. Not thread-safe.
/// </remarks>
public abstract class TableWriter : IDisposable
{
    /// <summary>The number of rows written so far.</summary>
    public abstract long RowCount { get; }

    /// <summary>Appends rows.</summary>
    /// <param name="batch">Rows of the columns that the first batch had, by name and kind.</param>
    /// <param name="cancellationToken">Stops the writing; the writer takes no more then.</param>
    /// <exception cref="ArgumentException">The columns are not those of the first batch.</exception>
    /// <exception cref="IOException">The destination fails.</exception>
    /// <exception cref="InvalidOperationException">The writer was completed, or failed before.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract void Write(FeatureTable batch, CancellationToken cancellationToken = default);

    /// <summary>Ends the file and gives it its name.</summary>
    /// <exception cref="IOException">The destination fails.</exception>
    /// <exception cref="InvalidOperationException">The writer was completed, or failed before.</exception>
    public abstract void Complete();

    /// <summary>Closes the destination; what was not completed is removed.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the destination.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected abstract void Dispose(bool disposing);
}
