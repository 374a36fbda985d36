using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Numerics;

public class CounterRandomTests
{
    // kat_vectors of the Random123 distribution, version 1.14.0: "philox4x32 10".
    [Fact]
    public void Philox_gives_the_known_answers()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), CounterRandom.Philox4x32(0, 0, 0, 0, 0, 0));
        Assert.Equal(
            (0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            CounterRandom.Philox4x32(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            CounterRandom.Philox4x32(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    [Property]
    public bool Words_come_block_by_block_from_seed_and_stream(ulong seed, ulong stream)
    {
        var random = new CounterRandom(seed, stream);
        for (uint block = 0; block < 3; block++)
        {
            var expected = CounterRandom.Philox4x32(block, 0, (uint)stream, (uint)(stream >> 32), (uint)seed, (uint)(seed >> 32));
            if (expected != (random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()))
                return false;
        }

        return true;
    }

    [Fact]
    public void Longer_numbers_are_made_of_words_low_first()
    {
        var words = new CounterRandom(5, 6);
        var numbers = new CounterRandom(5, 6);
        for (int i = 0; i < 10; i++)
        {
            ulong expected = words.NextUInt32() | ((ulong)words.NextUInt32() << 32);
            if (i % 2 == 0)
                Assert.Equal(expected, numbers.NextUInt64());
            else
                Assert.Equal((expected >> 11) * Math.Pow(2, -53), numbers.NextDouble());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(255)]
    public void Whole_numbers_are_uniform(int bound)
    {
        const int Draws = 200_000;
        var random = new CounterRandom(17, (ulong)bound);
        var counts = new int[bound];
        for (int i = 0; i < Draws; i++)
            counts[random.NextInt32(bound)]++;
        AssertUniform(counts, Draws);
    }

    [Fact]
    public void Whole_numbers_below_a_large_bound_are_not_biased()
    {
        // Below 3·2²⁹ plain scaling of 32 bits would give two thirds of the numbers twice the chance of the others; modulo, the lower half.
        const int Bound = 3 << 29;
        var random = new CounterRandom(3);
        var thirds = new int[3];
        var residues = new int[3];
        for (int i = 0; i < 300_000; i++)
        {
            int drawn = random.NextInt32(Bound);
            thirds[drawn / (1 << 29)]++;
            residues[drawn % 3]++;
        }

        AssertUniform(thirds, 300_000);
        AssertUniform(residues, 300_000);
    }

    [Fact]
    public void Real_numbers_are_uniform_in_zero_to_one()
    {
        var random = new CounterRandom(4);
        var counts = new int[64];
        for (int i = 0; i < 200_000; i++)
        {
            double drawn = random.NextDouble();
            Assert.InRange(drawn, 0, 1 - Math.Pow(2, -53));
            counts[(int)(drawn * 64)]++;
        }

        AssertUniform(counts, 200_000);
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        const int Draws = 200_000;
        var random = new CounterRandom(8);
        double[] moments = new double[5];
        for (int i = 0; i < Draws; i++)
        {
            double drawn = random.NextGaussian();
            for (int power = 1; power <= 4; power++)
                moments[power] += Math.Pow(drawn, power) / Draws;
        }

        // Five standard errors of each moment.
        Assert.Equal(0, moments[1], 5 * Math.Sqrt(1.0 / Draws));
        Assert.Equal(1, moments[2], 5 * Math.Sqrt(2.0 / Draws));
        Assert.Equal(0, moments[3], 5 * Math.Sqrt(15.0 / Draws));
        Assert.Equal(3, moments[4], 5 * Math.Sqrt(96.0 / Draws));
    }

    [Property]
    public bool Samples_are_distinct_and_within_the_population(ulong seed, ushort population, ushort wanted)
    {
        int from = population % 5000;
        var sample = new int[wanted % (from + 1)];
        new CounterRandom(seed).SampleWithoutReplacement(from, sample);
        return sample.Distinct().Count() == sample.Length && sample.All(drawn => drawn >= 0 && drawn < from);
    }

    [Fact]
    public void Every_subset_is_equally_likely()
    {
        // The 10 pairs of 5.
        const int Draws = 100_000;
        var counts = new int[32];
        Span<int> sample = stackalloc int[2];
        var random = new CounterRandom(11);
        for (int i = 0; i < Draws; i++)
        {
            random.SampleWithoutReplacement(5, sample);
            counts[(1 << sample[0]) | (1 << sample[1])]++;
        }

        AssertUniform([.. counts.Where(count => count > 0)], Draws);
        Assert.Equal(10, counts.Count(count => count > 0));
    }

    [Fact]
    public void A_sample_of_everything_is_everything_and_more_is_refused()
    {
        var sample = new int[7];
        new CounterRandom(1).SampleWithoutReplacement(7, sample);
        Assert.Equal(Enumerable.Range(0, 7), sample.Order());
        new CounterRandom(1).SampleWithoutReplacement(0, []);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).SampleWithoutReplacement(6, sample));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).NextInt32(0));
    }

    [Property(MaxTest = 200)]
    public void Long_populations_are_drawn_as_short_ones_where_they_are_short(ulong seed, uint population, byte count)
    {
        int from = (int)(population >> 1) + count;
        var sample = new int[count];
        var longSample = new long[count];
        var random = new CounterRandom(seed);
        var longRandom = new CounterRandom(seed);
        random.SampleWithoutReplacement(from, sample);
        longRandom.SampleWithoutReplacement((long)from, longSample);
        Assert.Equal(sample.Select(drawn => (long)drawn), longSample);
        Assert.Equal(random.NextUInt64(), longRandom.NextUInt64());
    }

    [Theory]
    [InlineData(10_000_000_000)]
    [InlineData(long.MaxValue)]
    [InlineData(3_000_000_000)]
    public void Long_populations_are_drawn_uniformly_and_without_repeats(long population)
    {
        var sample = new long[20_000];
        new CounterRandom(5).SampleWithoutReplacement(population, sample);
        Assert.Equal(sample.Length, sample.Distinct().Count());
        Assert.All(sample, drawn => Assert.InRange(drawn, 0, population - 1));
        var counts = new int[50];
        foreach (long drawn in sample)
            counts[(int)((UInt128)drawn * 50 / (UInt128)population)]++;
        AssertUniform(counts, sample.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).NextInt64(0));
    }

    [Fact]
    public void Numbers_below_a_long_bound_are_uniform()
    {
        // Nearly half of the draws are rejected at this bound.
        const long Bound = (1L << 62) + 1;
        var random = new CounterRandom(3);
        var counts = new int[40];
        for (int i = 0; i < 40_000; i++)
            counts[(int)((UInt128)random.NextInt64(Bound) * 40 / Bound)]++;
        AssertUniform(counts, 40_000);
    }

    /// <summary>Chi-squared within five standard deviations of its mean, the degrees of freedom.</summary>
    private static void AssertUniform(int[] counts, int draws)
    {
        double expected = (double)draws / counts.Length;
        double chiSquared = counts.Sum(count => (count - expected) * (count - expected) / expected);
        double degrees = counts.Length - 1;
        Assert.True(chiSquared <= degrees + (5 * Math.Sqrt(2 * degrees)) + 1e-9, $"Chi-squared is {chiSquared} at {degrees} degrees of freedom.");
    }
}
