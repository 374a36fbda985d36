namespace AnomalyKit.Tuning.Tests;

public sealed class LevelSetsTests
{
    private static readonly float[] Rows = [.. Enumerable.Range(1, 1000).Select(score => (float)score)];

    [Fact]
    public void The_mass_volume_area_is_that_by_hand()
    {
        // Points score as rows do: the set of mass α has the volume α, so the area is that under α from 0.9 to 0.999.
        Assert.Equal((0.999 * 0.999 / 2) - (0.9 * 0.9 / 2), LevelSets.MassVolume(Rows, Rows), 1e-4);
        // No point scores below the 999th row.
        Assert.Equal(0, LevelSets.MassVolume(Rows, [5000]));
    }

    [Fact]
    public void The_excess_mass_is_that_by_hand()
    {
        // Points score as rows do: the excess at the multiple t is 1 − t, until it is 0.9.
        Assert.Equal(0.095, LevelSets.ExcessMass(Rows, Rows), 0.006);
        // Rows take a tenth of the volume: 1 − t / 10, ten times as far.
        float[] points = [.. Enumerable.Range(0, 1000).Select(point => point < 100 ? 0f : 2000f)];
        Assert.Equal(0.95, LevelSets.ExcessMass(Rows, points), 0.02);
    }
}
