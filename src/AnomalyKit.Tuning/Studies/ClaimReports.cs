namespace AnomalyKit;

/// <summary>Ends the claims of a worker. What the store does not take, because it is locked, is kept and told again: the trial would belong to a worker that does nothing for it.</summary>
internal sealed class ClaimReports(IStudyStore store, string study, string owner)
{
    private readonly Lock _gate = new();

    /// <summary>What the store did not take: a report, or null to give the trial back.</summary>
    private readonly Dictionary<int, TrialReport?> _untold = [];

    /// <summary>Forgets what the store did not take of a trial, because something else is to be told of it.</summary>
    /// <returns>Whether there was something.</returns>
    public bool Forget(int number)
    {
        lock (_gate)
            return _untold.Remove(number);
    }

    /// <summary>Reports on a trial.</summary>
    /// <returns>False where the trial was not the worker's any more.</returns>
    public bool Report(int number, TrialReport report) => Tell(number, report);

    /// <summary>Gives a trial back.</summary>
    public void Release(int number) => Tell(number, null);

    /// <summary>Tells again what the store did not take.</summary>
    public void TellAgain()
    {
        KeyValuePair<int, TrialReport?>[] untold;
        lock (_gate)
        {
            untold = [.. _untold];
            _untold.Clear();
        }

        for (int i = 0; i < untold.Length; i++)
        {
            try
            {
                Tell(untold[i].Key, untold[i].Value);
            }
            catch
            {
                lock (_gate)
                {
                    foreach (var (number, report) in untold.AsSpan(i))
                        _untold.TryAdd(number, report);
                }

                throw;
            }
        }
    }

    private bool Tell(int number, TrialReport? report)
    {
        try
        {
            if (report is not null)
                return store.ReportTrial(study, number, owner, report);
            store.ReleaseClaim(study, number, owner);
            return true;
        }
        catch
        {
            lock (_gate)
                _untold[number] = report;
            throw;
        }
    }
}
