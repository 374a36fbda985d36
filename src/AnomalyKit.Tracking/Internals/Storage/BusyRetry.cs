using System.Diagnostics;
using AnomalyKit.Numerics;
using Microsoft.Data.Sqlite;

namespace AnomalyKit.Storage;

/// <summary>Does work again, as a whole, while another process holds the file; waits a random time in between, so that those who wait do not wake together.</summary>
internal sealed class BusyRetry(string path, StoreFileOptions options)
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const double FirstWaitMilliseconds = 4;
    private const double MaxWaitMilliseconds = 250;

    private CounterRandom _random = new((ulong)Environment.ProcessId, (ulong)Stopwatch.GetTimestamp());

    public T Run<T>(Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return work();
            }
            catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
            {
                if (Stopwatch.GetElapsedTime(start) >= options.BusyTimeout)
                    throw new RunTrackingException($"The store '{path}' was locked by another process for {options.BusyTimeout.TotalSeconds:0} seconds. Stop the process that holds it, or try again later.", e);
                double most = Math.Min(FirstWaitMilliseconds * Math.Pow(2, Math.Min(attempt, 10)), MaxWaitMilliseconds);
                Thread.Sleep(TimeSpan.FromMilliseconds(most * _random.NextDouble()));
            }
            catch (SqliteException e)
            {
                throw StoreErrors.Translate(e, path);
            }
        }
    }
}
