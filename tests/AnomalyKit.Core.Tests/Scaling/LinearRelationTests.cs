namespace AnomalyKit.Core.Tests.Scaling;

/// <summary>Relations between columns: distances by hand, and parameters that are refused.</summary>
public sealed class LinearRelationTests
{
    [Fact]
    public void Distances_are_what_exceeds_rounding_and_tolerance()
    {
        // a + b − c = 1, with a tolerance of 0.5 and a scale of 2.
        var relation = new LinearRelation([0, 1, 3], [1, 1, -1], 1, 0.5, 2);
        Assert.Equal(0, relation.Distance([2, 3, 99, 4]));
        Assert.Equal(0, relation.Distance([2, 3, 99, 4.5f]));
        double rounding = LinearRelation.RoundingFraction * (2 + 3 + 14);
        Assert.Equal((10 - 0.5 - rounding) / 2, relation.Distance([2, 3, 99, 14]), 1e-12);
        var both = new LinearRelations(4, relation, new LinearRelation([2], [1], 99, 0, 1));
        Assert.Equal(Math.Pow((10 - 0.5 - rounding) / 2, 2) + Math.Pow(1 - (LinearRelation.RoundingFraction * 100), 2), both.SquaredDistance([2, 3, 100, 14]), 1e-9);
        Assert.Equal(0, new LinearRelations(4).SquaredDistance([1, 2, 3, 4]));
    }

    [Fact]
    public void Rounding_is_that_of_the_rows_own_cells()
    {
        var relation = new LinearRelation([0, 1], [1, -1], 0, 0, 1e-9);
        Assert.Equal(0, relation.Distance([16_777_216, 16_777_218]));
        Assert.True(relation.Distance([16, 16.1f]) > 1e6);
    }

    [Fact]
    public void Parameters_that_make_no_relation_are_refused()
    {
        Assert.Throws<ArgumentException>("weights", () => new LinearRelation([], [], 0, 0, 1));
        Assert.Throws<ArgumentException>("weights", () => new LinearRelation([0], [1, 2], 0, 0, 1));
        Assert.Throws<ArgumentException>("weights", () => new LinearRelation([0], [double.NaN], 0, 0, 1));
        Assert.Throws<ArgumentException>("columns", () => new LinearRelation([1, 1], [1, 2], 0, 0, 1));
        Assert.Throws<ArgumentException>("columns", () => new LinearRelation([-1], [1], 0, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("origin", () => new LinearRelation([0], [1], double.PositiveInfinity, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("tolerance", () => new LinearRelation([0], [1], 0, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("scale", () => new LinearRelation([0], [1], 0, 0, 0));
        Assert.Throws<ArgumentException>("items", () => new LinearRelations(2, new LinearRelation([2], [1], 0, 0, 1)));
        Assert.Throws<ArgumentException>("row", () => new LinearRelations(2).SquaredDistance([1, 2, 3]));
    }
}
