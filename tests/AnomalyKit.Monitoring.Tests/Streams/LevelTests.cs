namespace AnomalyKit.Monitoring.Tests.Streams;

/// <summary>The probability of a false detection is kept. Few short streams at a high level, with fixed seeds; the command <c>drift-streams</c> of the Quality project runs many long ones.</summary>
public sealed class LevelTests
{
    private const double Alpha = 0.1;
    private const int Streams = 200;
    private const int Rows = 5000;

    // Three standard deviations above the level.
    private static readonly int Most = (int)(Streams * (Alpha + (3 * Math.Sqrt(Alpha * (1 - Alpha) / Streams))));

    public static TheoryData<string, int> References
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string strategy in new[] { "power", "mixture", "jumper", "change-point" })
            {
                foreach (int size in new[] { 30, 1000, 10_000 })
                    data.Add(strategy, size);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(References))]
    public void A_fixed_reference_keeps_the_level(string strategy, int size) => Assert.InRange(
        Detected(random => new ReferenceMonitor(new ReferenceSample(Draw(random, size)), Strategy(strategy), Alpha)), 0, Most);

    [Theory]
    [InlineData("power")]
    [InlineData("mixture")]
    [InlineData("jumper")]
    [InlineData("change-point")]
    public void A_growing_history_that_becomes_the_reference_keeps_the_level(string strategy) => Assert.InRange(
        Detected(random => new ConformalMonitor(Strategy(strategy), Alpha, (ulong)random.Next()) { MaxHistory = 1000 }), 0, Most);

    [Fact]
    public void Ties_do_not_matter() => Assert.InRange(
        Detected(random => new ReferenceMonitor(new ReferenceSample(Draw(random, 500, levels: 4)), null, Alpha), levels: 4), 0, Most);

    [Fact]
    public void Ranks_against_a_fixed_sample_without_correction_do_not_keep_it()
    {
        // What the correction is for: the same bets, with p-values against 100 values.
        int found = 0;
        for (int stream = 0; stream < 50; stream++)
        {
            var random = new Random(stream);
            var sample = new ReferenceSample(Draw(random, 100));
            var martingale = new TestMartingale();
            double greatest = 0;
            for (int row = 0; row < Rows; row++)
            {
                martingale.Update(sample.PValue(random.NextDouble(), 1 - random.NextDouble()));
                greatest = Math.Max(greatest, martingale.LogCapital);
            }

            if (greatest >= Math.Log(1 / Alpha))
                found++;
        }

        Assert.True(found > 25, $"{found} of 50 detected.");
    }

    [Fact]
    public void Cusum_detects_no_more_often_than_its_run_length_says()
    {
        // At most N / run length within N values, 0.1 here, and 0.05 for an unlucky reference.
        int found = Detected(random => new RankCusumMonitor(new ReferenceSample(Draw(random, 1000)), Rows / Alpha, 0.95));
        Assert.InRange(found, 0, (int)(Streams * 0.15) + 15);
    }

    [Fact]
    public void A_shift_is_detected_all_the_same()
    {
        var random = new Random(1);
        var reference = new ReferenceSample(Draw(random, 1000));
        StreamMonitor[] monitors = [new ReferenceMonitor(reference), new ConformalMonitor(), new RankCusumMonitor(reference), new AdwinMonitor { Reference = reference }, new PageHinkleyMonitor { Reference = reference }];
        double[] quiet = Draw(random, 2000);
        double[] shifted = Array.ConvertAll(Draw(random, 1000), value => value + 0.4);
        Assert.All(monitors, monitor =>
        {
            Assert.Equal(0, monitor.UpdateAll(quiet));
            Assert.Equal(1, monitor.UpdateAll(shifted));
            Assert.InRange(monitor.FirstDetectedAt!.Value, 2001, 2300);
        });
    }

    private static int Detected(Func<Random, StreamMonitor> create, int levels = 0)
    {
        int found = 0;
        Parallel.For(0, Streams, stream =>
        {
            var random = new Random(stream);
            var monitor = create(random);
            monitor.UpdateAll(Draw(random, Rows, levels));
            if (monitor.DetectionCount > 0)
                Interlocked.Increment(ref found);
        });
        return found;
    }

    private static double[] Draw(Random random, int count, int levels = 0)
    {
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = levels == 0 ? random.NextDouble() : random.Next(levels);
        return values;
    }

    private static BettingStrategy Strategy(string name) => name switch
    {
        "power" => BettingStrategy.Power(),
        "mixture" => BettingStrategy.PowerMixture(),
        "jumper" => BettingStrategy.SimpleJumper(),
        _ => BettingStrategy.ChangePoint(),
    };
}
