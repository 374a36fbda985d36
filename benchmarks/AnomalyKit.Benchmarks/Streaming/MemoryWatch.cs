namespace AnomalyKit.Benchmarks.Streaming;

/// <summary>The most memory that the process has held since the watch began: sampled often, above what it held then.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly Timer _timer;
    private readonly long _workingSetBefore;
    private readonly long _managedBefore;
    private long _workingSet;
    private long _managed;

    public MemoryWatch()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _workingSetBefore = _workingSet = Environment.WorkingSet;
        _managedBefore = _managed = Managed();
        _timer = new Timer(_ => Sample(), null, 0, 10);
    }

    /// <summary>Megabytes of working set (managed, native, code) above the beginning's.</summary>
    public double PeakMegabytes => (Interlocked.Read(ref _workingSet) - _workingSetBefore) / 1e6;

    /// <summary>Megabytes that the garbage-collected heap had taken from the system, above the beginning's.</summary>
    public double PeakManagedMegabytes => (Interlocked.Read(ref _managed) - _managedBefore) / 1e6;

    /// <summary>Megabytes of working set at the beginning.</summary>
    public double MegabytesBefore => _workingSetBefore / 1e6;

    public void Sample()
    {
        Raise(ref _workingSet, Environment.WorkingSet);
        Raise(ref _managed, Managed());
    }

    public void Dispose() => _timer.Dispose();

    /// <summary>What the heap has committed, as of its last collection, or what is allocated since, whichever is more.</summary>
    private static long Managed() => Math.Max(GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes, GC.GetTotalMemory(forceFullCollection: false));

    private static void Raise(ref long peak, long value)
    {
        long seen = Interlocked.Read(ref peak);
        while (value > seen)
        {
            long found = Interlocked.CompareExchange(ref peak, value, seen);
            if (found == seen)
                return;
            seen = found;
        }
    }
}
