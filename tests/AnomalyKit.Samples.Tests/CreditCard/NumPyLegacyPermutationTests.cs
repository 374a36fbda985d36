using AnomalyKit.Samples.CreditCard.Protocols;

namespace AnomalyKit.Samples.Tests.CreditCard;

public class NumPyLegacyPermutationTests
{
    /// <remarks>numpy.random.RandomState(42).permutation(284807)[:10]</remarks>
    [Fact]
    public void Begins_as_NumPys_permutation_of_the_credit_card_rows()
    {
        int[] permutation = NumPyLegacyPermutation.Create(42, 284_807);
        Assert.Equal([43428, 49906, 29474, 276481, 278846, 101565, 260880, 214337, 201575, 81055], permutation[..10]);
    }

    /// <remarks>numpy.random.RandomState(0).permutation(10) and RandomState(42).permutation(10)</remarks>
    [Theory]
    [InlineData(0, new[] { 2, 8, 4, 9, 1, 6, 7, 3, 0, 5 })]
    [InlineData(42, new[] { 8, 1, 5, 0, 7, 2, 9, 4, 3, 6 })]
    public void Agrees_with_NumPy_on_ten_rows(uint seed, int[] expected) => Assert.Equal(expected, NumPyLegacyPermutation.Create(seed, 10));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void Holds_every_row_once(int count) => Assert.Equal(Enumerable.Range(0, count), NumPyLegacyPermutation.Create(7, count).Order());

    /// <remarks>The first outputs of init_genrand(5489), from the authors' page.</remarks>
    [Fact]
    public void Twister_gives_its_authors_numbers()
    {
        var twister = new MersenneTwister(5489);
        Assert.Equal([3499211612u, 581869302u, 3890346734u], new[] { twister.NextUInt32(), twister.NextUInt32(), twister.NextUInt32() });
        for (int i = 3; i < 9_999; i++)
            twister.NextUInt32();
        Assert.Equal(4123659995u, twister.NextUInt32());
    }
}
