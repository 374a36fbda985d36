namespace AnomalyKit;

/// <summary>Renews the claims that a worker holds, as long as it holds any.</summary>
/// <remarks>
/// A renewal holds the lock, so none is on its way for a claim that was let go, nor for any after <see cref="Dispose"/>: it would keep others from a trial that nobody works on. Letting go may wait for the
/// renewal of one claim; what follows it, a report to the same store, would wait for the store as well.
/// </remarks>
internal sealed class ClaimKeeper(IStudyStore store, string study, string owner) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TimeSpan> _claims = [];
    private Timer? _timer;
    private TimeSpan _period;
    private int _isRenewing;
    private bool _isDisposed;

    public IReadOnlyList<int> Held
    {
        get
        {
            lock (_gate)
                return [.. _claims.Keys];
        }
    }

    /// <summary>Begins to renew a claim.</summary>
    /// <returns>False after <see cref="Dispose"/>: nobody renews it.</returns>
    public bool Hold(int number, TimeSpan lease)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return false;
            _claims[number] = lease;
            var period = _claims.Values.Min() / 3;
            if (_timer is not null && period >= _period)
                return true;
            // A change starts the time anew. Claims that come more often than that would put off the renewal of the others.
            _period = period;
            if (_timer is null)
                _timer = new Timer(_ => Renew(), null, period, period);
            else
                _timer.Change(period, period);
            return true;
        }
    }

    public bool LetGo(int number)
    {
        lock (_gate)
        {
            bool isHeld = _claims.Remove(number);
            if (_claims.Count == 0)
                Stop();
            return isHeld;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _claims.Clear();
            Stop();
        }
    }

    private void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Renew()
    {
        // A store that is slower than the period is asked by one thread, not by more and more of them.
        if (Interlocked.Exchange(ref _isRenewing, 1) != 0)
            return;
        foreach (int number in Held)
            Renew(number);
        Volatile.Write(ref _isRenewing, 0);
    }

    private void Renew(int number)
    {
        lock (_gate)
        {
            if (!_claims.TryGetValue(number, out var lease))
                return;
            try
            {
                store.RenewClaim(study, number, owner, lease);
            }
            catch (Exception)
            {
                // The store is busy, closed, or somebody's own; thrown from here, any exception would end the process. A claim that cannot be renewed in time is lost, and the report says so.
            }
        }
    }
}
