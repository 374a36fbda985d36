namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>The probability of a false detection is kept. Seeds are fixed; the large runs are the command <c>drift-streams</c> of the Quality project.</summary>
public sealed class LevelTests
{
    [Theory]
    [InlineData(50)]
    [InlineData(1000)]
    [InlineData(20000)]
    public void scratch(int n)
    {
        foreach (var strategy in new[] { BettingStrategy.ChangePoint(), BettingStrategy.SimpleJumper(), BettingStrategy.PowerMixture(), BettingStrategy.Power() })
        {
            int found = 0;
            for (int s = 0; s < 200; s++)
            {
                var random = new Random(s);
                var m = new ReferenceMonitor(new ReferenceSample(Draw(random, n)), strategy, 0.1);
                for (int t = 0; t < 20000 && m.DetectionCount == 0; t++)
                    m.Update(random.NextDouble());
                found += (int)m.DetectionCount;
            }
            Console.WriteLine($"{n} {strategy} {found}/200");
        }
    }

    private static double[] Draw(Random random, int n)
    {
        var v = new double[n];
        for (int i = 0; i < n; i++) v[i] = random.NextDouble();
        return v;
    }
}
