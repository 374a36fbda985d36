namespace AnomalyKit.Dashboard.Tables;

/// <summary>Keeps an answer that comes late from taking the place of a newer one: a new request cancels the one before, and only the last one's answer counts.</summary>
internal sealed class LatestOnly : IDisposable
{
    private CancellationTokenSource? _source;
    private int _number;
    private bool _isDisposed;

    /// <summary>Waits for work.</summary>
    /// <returns>Its answer and true, or false where a newer request came meanwhile, or nobody waits any more.</returns>
    public async Task<(bool IsLatest, T? Answer)> RunAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        if (_isDisposed)
            return (false, default);
        Stop();
        int number = _number;
        var source = _source = new CancellationTokenSource();
        try
        {
            var answer = await work(source.Token);
            return (number == _number, answer);
        }
        catch (OperationCanceledException) when (source.IsCancellationRequested)
        {
            return (false, default);
        }
        catch when (number != _number)
        {
            return (false, default);
        }
    }

    /// <summary>Stops the work that goes on; its answer no longer counts.</summary>
    public void Stop()
    {
        _number++;
        _source?.Cancel();
        _source = null;
    }

    public void Dispose()
    {
        _isDisposed = true;
        Stop();
    }
}
