namespace AnomalyKit.ContractTests.Support;

/// <summary>Runs work on threads of its own, all at once. What a thread throws fails the test; on a bare thread it would end the process.</summary>
internal static class Together
{
    /// <summary>Starts the threads together and waits for all of them.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="work">The work of a thread, given its number from 0.</param>
    /// <exception cref="AggregateException">At least one thread failed; holds what each of them threw.</exception>
    public static void Run(int threads, Action<int> work)
    {
        var failures = new Exception?[threads];
        using var start = new Barrier(threads);
        Thread[] all = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                work(thread);
            }
            catch (Exception exception)
            {
                failures[thread] = exception;
            }
        }))];
        foreach (var thread in all)
            thread.Start();
        foreach (var thread in all)
            thread.Join();
        Exception[] thrown = [.. failures.OfType<Exception>()];
        if (thrown.Length > 0)
            throw new AggregateException(thrown);
    }
}
