using AnomalyKit.Numerics;
using FsCheck.Xunit;

namespace AnomalyKit.Core.Tests.Numerics;

public class BlocksTests
{
    [Property]
    public bool Blocks_cover_everything_and_none_is_empty(uint count, ushort size)
    {
        int things = (int)(count >> 1);
        int perBlock = size + 1;
        long blocks = Blocks.Count(things, perBlock);
        return blocks * perBlock >= things && (blocks - 1) * perBlock < things;
    }

    [Property]
    public bool Rounding_up_gives_the_least_multiple_that_is_no_less(ushort value, byte multiple)
    {
        int rounded = Blocks.RoundUp(value, multiple + 1);
        return rounded >= value && rounded - value <= multiple && rounded % (multiple + 1) == 0 && Blocks.RoundUp((long)value, multiple + 1) == rounded;
    }

    [Fact]
    public void The_largest_counts_do_not_overflow()
    {
        Assert.Equal(int.MaxValue, Blocks.Count(int.MaxValue, 1));
        Assert.Equal(1, Blocks.Count(int.MaxValue, int.MaxValue));
        Assert.Equal(1 << 17, Blocks.Count(int.MaxValue, 1 << 14));
        Assert.Throws<OverflowException>(() => Blocks.Count(1L << 32, 1));
    }
}
