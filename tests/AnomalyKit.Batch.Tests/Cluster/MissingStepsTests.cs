namespace AnomalyKit.Batch.Tests.Cluster;

public sealed class MissingStepsTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("3,7", 3, 7)]
    [InlineData("1-3,5,9-10", 1, 2, 3, 5, 9, 10)]
    public void Indexes_are_written_as_ranges(string expected, params int[] numbers) => Assert.Equal(expected, MissingSteps.Ranges(numbers));
}
