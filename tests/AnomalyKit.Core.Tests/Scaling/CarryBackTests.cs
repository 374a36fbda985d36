using AnomalyKit.Numerics;
using AnomalyKit.Persistence;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests;

/// <summary>What falls to the columns of the data adds up to what fell to the columns of the image.</summary>
public sealed class CarryBackTests
{
    // An orthonormal basis: a rotation by 3-4-5 in the first two columns.
    private static readonly double[] Rotation = [0.6, 0.8, 0, 0, -0.8, 0.6, 0, 0, 0, 0, 1, 0];

    [Fact]
    public void Scaled_columns_keep_their_contributions()
    {
        var scaling = new ColumnScaling([1, 2], [3, 4]);
        Assert.True(scaling.CarriesBack);
        double[] contributions = [10, 20];
        scaling.CarryBack([5, 6], [2, 3], [4, -5], contributions);
        Assert.Equal([18, 5], contributions);
        Assert.True(FeatureTransform.Identity(2).CarriesBack);
    }

    [Fact]
    public void A_transform_that_says_nothing_does_not_carry_back()
    {
        var transform = new Opaque();
        Assert.False(transform.CarriesBack);
        Assert.Throws<NotSupportedException>(() => transform.CarryBack([1, 2], [1, 2], [1, 2], new double[2]));
        Assert.Throws<NotSupportedException>(() => transform.CarryBackAll([1, 2], [1, 2], [1, 2], new double[2]));
    }

    [Property(MaxTest = 50)]
    public void Whitened_columns_go_back_to_differences_times_slopes(ulong seed)
    {
        var random = new CounterRandom(seed);
        double[] scales = [0.5, 2, 1e-3, 0];
        double[] values = [3, 0.25, 0.01];
        var whitening = new WhiteningTransform([1, 2, 3, 4], scales, Rotation, values);
        Assert.True(whitening.CarriesBack);
        double[] apart = Draw(4, ref random);
        double[] multipliers = Draw(3, ref random);
        apart[3] = 0;
        double[] differences = Map(apart);
        var contributions = new double[4];
        whitening.CarryBack([0, 0, 0, 0], differences, multipliers, contributions);
        double expected = 0;
        for (int i = 0; i < 3; i++)
            expected += differences[i] * multipliers[i];
        Assert.Equal(expected, contributions.Sum(), 1e-9 * (1 + contributions.Sum(Math.Abs)));
        for (int j = 0; j < 4; j++)
        {
            double slope = 0;
            for (int i = 0; i < 3 && scales[j] > 0; i++)
                slope += multipliers[i] * Rotation[(i * 4) + j] / Math.Sqrt(values[i]) / scales[j];
            Assert.Equal(apart[j] * slope, contributions[j], 1e-9 * (1 + Math.Abs(contributions[j])));
        }

        double[] Map(double[] row) => [.. Enumerable.Range(0, 3).Select(i => Enumerable.Range(0, 3).Sum(j => Rotation[(i * 4) + j] * row[j] / scales[j]) / Math.Sqrt(values[i]))];
    }

    [Fact]
    public void Several_at_once_are_carried_back_like_one_by_one()
    {
        var random = new CounterRandom(3);
        var whitening = new WhiteningTransform([0, 0, 0, 0], [1, 2, 3, 0], Rotation, [3, 0.25, 0.01]);
        foreach (int count in (int[])[1, 2, 3, 4, 5, 31, 32, 33, 70])
        {
            double[] differences = Draw(3 * count, ref random);
            double[] multipliers = Draw(3 * count, ref random);
            var together = new double[4];
            whitening.CarryBackAll(new float[4], differences, multipliers, together);
            var apart = new double[4];
            for (int i = 0; i < count; i++)
                whitening.CarryBack(new float[4], differences.AsSpan(3 * i, 3), multipliers.AsSpan(3 * i, 3), apart);
            Assert.Equal(apart, together);
        }
    }

    [Fact]
    public void Copies_share_alike_and_broken_relations_go_to_what_is_unusual()
    {
        // Column 3 is −2 times column 0, column 4 is always 5.
        var relations = new LinearRelations(5, new LinearRelation([0, 3], [2, 1], 0, 0, 1e-3), new LinearRelation([4], [1], 5, 0, 1));
        double[] vectors = [0.6, 0.8, 0, 0, 0, -0.8, 0.6, 0, 0, 0, 0, 0, 1, 0, 0];
        var whitening = new WhiteningTransform([0, 0, 0, 0, 5], [1, 2, 3, 0, 0], vectors, [3, 0.25, 0.01], relations);
        Assert.True(whitening.CarriesBack);
        var kept = new double[5];
        whitening.CarryBack([1, 1, 1, -2, 5], [1, -2, 0.5, 0], [2, 3, -1, 0], kept);
        Assert.Equal(2 - 6 - 0.5, kept.Sum(), 1e-12);
        Assert.Equal(kept[0], kept[3], 1e-12);
        Assert.Equal(0, kept[4]);

        var broken = new double[5];
        whitening.CarryBack([1, 1, 1, 50, 5], [0, 0, 0, 2], [0, 0, 0, 10], broken);
        Assert.Equal(20, broken.Sum(), 1e-12);
        Assert.Equal([0, 0, 0], broken[1..3].Append(broken[4]));
        Assert.True(broken[3] > 19, $"{broken[3]}");
        var departed = new double[5];
        whitening.CarryBack([1, 1, 1, -2, 7], [0, 0, 0, 2], [0, 0, 0, 10], departed);
        Assert.Equal([0, 0, 0, 0, 20], departed);
    }

    [Fact]
    public void Spoiled_eigenvectors_do_not_carry_back()
    {
        var spoiled = new WhiteningTransform([0, 0], [1, 1], [1, 0.5, 0, 1], [1, 1]);
        Assert.False(spoiled.CarriesBack);
        Assert.Throws<NotSupportedException>(() => spoiled.CarryBack([1, 2], [1, 2], [1, 2], new double[2]));
    }

    private static double[] Draw(int count, ref CounterRandom random)
    {
        var numbers = new double[count];
        foreach (ref double number in numbers.AsSpan())
            number = random.NextGaussian();
        return numbers;
    }

    private sealed class Opaque : FeatureTransform
    {
        public override string Kind => "opaque";

        public override int InputColumns => 2;

        public override int OutputColumns => 2;

        public override void Apply(ReadOnlySpan<float> rows, Span<float> destination) => rows.CopyTo(destination);

        protected internal override void WriteTo(ModelWriter writer)
        {
        }
    }
}
