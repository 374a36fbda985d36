using FsCheck.Xunit;

namespace AnomalyKit.Monitoring.Tests.Streams;

public sealed class TestMartingaleTests
{
    private static readonly string[] All = ["power", "mixture", "jumper", "change-point"];

    public static TheoryData<string> Strategies => [.. All];

    [Theory]
    [InlineData("power", StreamGolden.LogPower)]
    [InlineData("mixture", StreamGolden.LogMixture)]
    [InlineData("jumper", StreamGolden.LogJumper)]
    [InlineData("change-point", StreamGolden.LogChangePoint)]
    public void The_capital_is_that_of_an_independent_implementation(string name, double expected)
    {
        double[] values = StreamData.Values(1, 400, 250, 0.15);
        double[] tieBreaks = StreamData.Values(2, 400);
        var pValues = new ConformalPValues();
        var martingale = new TestMartingale(Strategy(name));
        for (int i = 0; i < values.Length; i++)
            martingale.Update(pValues.Next(Math.Round(values[i], 2), tieBreaks[i]));
        Assert.Equal(expected, martingale.LogCapital, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void Bets_are_densities_and_agree_with_their_integrals(string name)
    {
        foreach (var bet in Strategy(name).Bets)
        {
            Assert.Equal(0, bet.Integral(0), 1e-15);
            Assert.Equal(1, bet.Integral(1), 1e-15);
            for (double p = 0.01; p < 0.99; p += 0.01)
            {
                Assert.True(bet.At(p) >= 0);
                Assert.Equal(bet.At(p), (bet.Integral(p + 1e-6) - bet.Integral(p - 1e-6)) / 2e-6, 1e-4 * bet.At(p));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Strategies))]
    public void The_mean_capital_after_one_p_value_is_the_capital_before(string name)
    {
        // Over a fine grid of the next p-value: the law of a martingale, from a state that is not the first.
        const int Grid = 200_000;
        double before = Fed(name, 0).LogCapital;
        double mean = 0;
        for (int i = 0; i < Grid; i += 40)
            mean += Math.Exp(Fed(name, (i + 20.0) / Grid).LogCapital) * 40 / Grid;
        Assert.Equal(Math.Exp(before), mean, 0.01 * Math.Exp(before));
    }

    [Property(MaxTest = 100)]
    public void Capital_is_kept_in_logarithms_whatever_comes(ulong seed, byte kind)
    {
        var random = new Random((int)(seed % int.MaxValue));
        foreach (string name in All)
        {
            var martingale = new TestMartingale(Strategy(name));
            for (int i = 0; i < 2000; i++)
            {
                martingale.Update((kind % 4) switch
                {
                    0 => double.Epsilon,
                    1 => 1,
                    2 => 1 - random.NextDouble(),
                    _ => i < 1000 ? 1 : 1e-300,
                });
            }

            Assert.False(double.IsNaN(martingale.LogCapital) || double.IsPositiveInfinity(martingale.LogCapital));
        }
    }

    [Fact]
    public void A_long_stream_of_small_p_values_neither_overflows_nor_stops()
    {
        foreach (string name in All)
        {
            var martingale = new TestMartingale(Strategy(name));
            double before = 0;
            for (int i = 0; i < 100_000; i++)
            {
                martingale.Update(1e-3);
                if (i % 10_000 == 9_999)
                {
                    Assert.True(martingale.LogCapital > before + 100);
                    before = martingale.LogCapital;
                }
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    public void What_is_no_p_value_is_refused(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => new TestMartingale().Update(p));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Parameters_are_checked(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BettingStrategy.Power(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => BettingStrategy.SimpleJumper(value == 1 ? 1.5 : value));
    }

    [Fact]
    public void A_late_change_costs_the_default_a_logarithm_and_the_others_a_multiple_of_the_waiting_time()
    {
        double Delay(string name)
        {
            var random = new Random(5);
            var martingale = new TestMartingale(Strategy(name));
            for (int i = 0; i < 50_000; i++)
                martingale.Update(1 - random.NextDouble());
            int rows = 0;
            for (; martingale.LogCapital < Math.Log(100) && rows < 20_000; rows++)
                martingale.Update(Math.Pow(1 - random.NextDouble(), 2));
            return rows;
        }

        Assert.InRange(Delay("change-point"), 20, 150);
        Assert.InRange(Delay("jumper"), 1000, 20_000);
    }

    private static TestMartingale Fed(string name, double p)
    {
        var martingale = new TestMartingale(Strategy(name));
        foreach (double value in StreamData.Values(4, 30))
            martingale.Update(value);
        if (p > 0)
            martingale.Update(p);
        return martingale;
    }

    private static BettingStrategy Strategy(string name) => name switch
    {
        "power" => BettingStrategy.Power(),
        "mixture" => BettingStrategy.PowerMixture(),
        "jumper" => BettingStrategy.SimpleJumper(),
        _ => BettingStrategy.ChangePoint(),
    };
}
