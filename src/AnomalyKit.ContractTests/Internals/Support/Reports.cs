namespace AnomalyKit.ContractTests.Support;

/// <summary>Collects progress on the reporting thread, in order, and may act on it.</summary>
internal sealed class Reports<T>(Action<T>? act = null) : IProgress<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _all = [];

    public IReadOnlyList<T> All
    {
        get
        {
            lock (_lock)
                return [.. _all];
        }
    }

    public void Report(T value)
    {
        lock (_lock)
            _all.Add(value);
        act?.Invoke(value);
    }
}
