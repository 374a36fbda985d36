namespace AnomalyKit.Dashboard.Tables;

/// <summary>Keeps an answer that comes late from taking the place of a newer one: a new request cancels the one before, and only the last one's answer counts.</summary>
internal sealed class LatestOnly : IDisposable
{
    private CancellationTokenSource? _source;
    private int _number;

    /// <summary>Runs work on another thread.</summary>
    /// <returns>Its answer and true, or false where a newer request came meanwhile, or nobody waits any more.</returns>
    public async Task<(bool IsLatest, T? Answer)> RunAsync<T>(Func<CancellationToken, T> work)
    {
        int number = ++_number;
        Stop();
        var source = _source = new CancellationTokenSource();
        try
        {
            var answer = await Task.Run(() => work(source.Token), source.Token);
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

    /// <summary>Stops the work that goes on.</summary>
    public void Stop()
    {
        _source?.Cancel();
        _source = null;
    }

    public void Dispose()
    {
        _number++;
        Stop();
    }
}
