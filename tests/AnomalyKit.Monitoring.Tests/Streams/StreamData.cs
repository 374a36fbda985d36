namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>Streams for tests.</summary>
internal static class StreamData
{
    /// <summary>What make_golden.py calls values.</summary>
    public static double[] Values(ulong seed, int count, int shiftAt = int.MaxValue, double shift = 0)
    {
        ulong state = seed;
        var values = new double[count];
        for (int i = 0; i < count; i++)
        {
            double total = 0;
            for (int k = 0; k < 3; k++)
            {
                state = unchecked((state * 6364136223846793005UL) + 1442695040888963407UL);
                total += (state >> 40) / (double)(1 << 24);
            }

            values[i] = (total / 3) + (i >= shiftAt ? shift : 0);
        }

        return values;
    }

    /// <summary>A monitor of every kind of single values, from 0 to 1.</summary>
    public static StreamMonitor[] Monitors(string subject = "score")
    {
        var reference = new ReferenceSample(Values(99, 500));
        return
        [
            new ConformalMonitor(seed: 5) { Subject = subject, MaxHistory = 300 },
            new ConformalMonitor(BettingStrategy.PowerMixture()) { Subject = subject },
            new ReferenceMonitor(reference) { Subject = subject },
            new ReferenceMonitor(reference, BettingStrategy.SimpleJumper(), 0.05) { Subject = subject },
            new ReferenceMonitor(reference, BettingStrategy.Power(0.3)) { Subject = subject },
            new RankCusumMonitor(reference, 1e4, 0.9) { Subject = subject },
            new AdwinMonitor { Subject = subject },
            new AdwinMonitor { Subject = subject, Reference = reference, Delta = 0.01, CheckInterval = 7 },
            new PageHinkleyMonitor { Subject = subject, Threshold = 5 },
            new PageHinkleyMonitor { Subject = subject, Reference = reference, MinValues = 50, Retention = 1 },
        ];
    }

    public static TheoryData<int> MonitorIndices => [.. Enumerable.Range(0, 10)];

    public static byte[] State(DriftMonitor monitor)
    {
        using var stream = new MemoryStream();
        monitor.Save(stream);
        return stream.ToArray();
    }

    public static T Reload<T>(T monitor)
        where T : DriftMonitor => (T)DriftMonitor.Load(new MemoryStream(State(monitor)));
}
