namespace AnomalyKit;

/// <summary>Renews the claims that a worker holds, as long as it holds any.</summary>
internal sealed class ClaimKeeper(IStudyStore store, string study, string owner) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, TimeSpan> _claims = [];
    private Timer? _timer;
    private TimeSpan _period;

    public IReadOnlyList<int> Held
    {
        get
        {
            lock (_gate)
                return [.. _claims.Keys];
        }
    }

    public void Hold(int number, TimeSpan lease)
    {
        lock (_gate)
        {
            _claims[number] = lease;
            var period = _claims.Values.Min() / 3;
            if (_timer is not null && period >= _period)
                return;
            // A change starts the time anew. Claims that come more often than that would put off the renewal of the others.
            _period = period;
            if (_timer is null)
                _timer = new Timer(_ => Renew(), null, period, period);
            else
                _timer.Change(period, period);
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
        KeyValuePair<int, TimeSpan>[] claims;
        lock (_gate)
            claims = [.. _claims];
        foreach (var (number, lease) in claims)
        {
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
