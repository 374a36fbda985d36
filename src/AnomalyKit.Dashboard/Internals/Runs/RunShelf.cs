namespace AnomalyKit.Dashboard.Runs;

/// <summary>The runs of a store, read shortly: all viewers share what was read in the last two seconds.</summary>
internal sealed class RunShelf(AnomalyDashboardOptions options, TimeProvider? time = null) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private ITrackingStore? _store;
    private (long At, IReadOnlyList<RunRecord> Runs)? _last;

    public bool IsConfigured => !string.IsNullOrWhiteSpace(options.RunStore);

    public string? Place => options.RunStore;

    /// <summary>All runs, the newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> ListAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is { } last && _time.GetElapsedTime(last.At) < Fresh)
                return last.Runs;
            var runs = await Task.Run(async () => await Open().FindRunsAsync(cancellationToken: cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            _last = (_time.GetTimestamp(), runs);
            return runs;
        }
        finally
        {
            _turn.Release();
        }
    }

    public Task<RunRecord> GetAsync(string id, CancellationToken cancellationToken) => Task.Run(() => Open().GetRunAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<RunArtifact>> ArtifactsAsync(string id, CancellationToken cancellationToken) => Task.Run(() => Open().ListArtifactsAsync(id, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<MetricPoint>> MetricAsync(string id, string name, CancellationToken cancellationToken) => Task.Run(() => Open().GetMetricAsync(id, name, cancellationToken), cancellationToken);

    public void Dispose()
    {
        _store?.Dispose();
        _turn.Dispose();
    }

    private ITrackingStore Open()
    {
        lock (_turn)
        {
            return _store ??= TrackingTarget.OpenReadOnly(options.RunStore!);
        }
    }
}
