using Microsoft.Extensions.Options;

namespace AnomalyKit.Dashboard.Work;

/// <summary>What all viewers of a host share: turns for work, and bytes.</summary>
internal sealed class HostBudget(IOptions<AnomalyDashboardOptions> options) : IDisposable
{
    // A row's reasons need not wait for somebody's million rows: short work has turns of its own.
    private readonly SemaphoreSlim _long = new(options.Value.MaxParallelWork), _short = new(options.Value.MaxParallelWork);
    private long _bytes;

    /// <summary>The bytes that are held now.</summary>
    public long HeldBytes => Interlocked.Read(ref _bytes);

    /// <summary>Whether a table that comes now has to wait for its turn.</summary>
    public bool IsBusy => _long.CurrentCount == 0;

    /// <summary>Scores or judges a table on another thread, when its turn comes.</summary>
    public Task<T> RunLongAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(_long, work, cancellationToken);

    /// <summary>Explains or searches rows on another thread, when its turn comes.</summary>
    public Task<T> RunShortAsync<T>(Func<T> work, CancellationToken cancellationToken) => RunAsync(_short, work, cancellationToken);

    /// <summary>Begins to hold something; of no bytes yet.</summary>
    public HeldBytes Hold() => new(this);

    public void Dispose()
    {
        _long.Dispose();
        _short.Dispose();
    }

    /// <exception cref="TableDataException">There would be more than the host allows.</exception>
    internal void Add(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= options.Value.MaxHeldBytes || bytes <= 0)
            return;
        Interlocked.Add(ref _bytes, -bytes);
        throw new TableDataException($"The tables of all viewers would take more than {ByteText.Of(options.Value.MaxHeldBytes)}, the most that this dashboard holds at a time. Try again when others have left, or score the table with 'anomalykit score'.");
    }

    private static async Task<T> RunAsync<T>(SemaphoreSlim turns, Func<T> work, CancellationToken cancellationToken)
    {
        await turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turns.Release();
        }
    }
}
