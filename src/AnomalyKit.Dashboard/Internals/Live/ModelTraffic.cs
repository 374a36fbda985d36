namespace AnomalyKit.Dashboard.Live;

/// <summary>What a model did in each of the last seconds.</summary>
internal sealed class ModelTraffic
{
    private readonly Slot[] _slots = [.. Enumerable.Range(0, LiveCollector.Seconds).Select(_ => new Slot())];

    public void Add(long second, string instrument, double value)
    {
        var slot = _slots[second % _slots.Length];
        if (slot.Second != second)
            slot.Begin(second);
        switch (instrument)
        {
            case ServingMeters.Rows:
                slot.Rows += value;
                break;
            case ServingMeters.Anomalies:
                slot.Alerts += value;
                break;
            default:
                slot.Latency.Add(value);
                break;
        }
    }

    /// <summary>Whether nothing happened in the seconds that are shown.</summary>
    public bool IsOver(long now) => _slots.All(slot => slot.Second <= now - _slots.Length);

    public double[] Rows(long now) => Of(now, slot => slot.Rows);

    public double[] Alerts(long now) => Of(now, slot => slot.Alerts);

    public LatencyCounts Latency(long now)
    {
        var all = new LatencyCounts();
        foreach (var slot in _slots.Where(slot => slot.Second > now - _slots.Length))
            all.Add(slot.Latency);
        return all;
    }

    // The second that goes on is not whole yet.
    private double[] Of(long now, Func<Slot, double> value) => [.. Enumerable.Range(1, _slots.Length - 1).Reverse().Select(age =>
    {
        var slot = _slots[(now - age + _slots.Length) % _slots.Length];
        return slot.Second == now - age ? value(slot) : 0;
    })];

    private sealed class Slot
    {
        public long Second { get; private set; } = -1;

        public double Rows { get; set; }

        public double Alerts { get; set; }

        public LatencyCounts Latency { get; private set; } = new();

        public void Begin(long second) => (Second, Rows, Alerts, Latency) = (second, 0, 0, new LatencyCounts());
    }
}
