namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Attributions against an independent implementation of the published definition, on trees of scikit-learn.</summary>
public class AttributionGoldenTests
{
    [Fact]
    public void Values_are_those_of_the_published_definition_on_trees_of_scikit_learn()
    {
        var forest = HandForest.Of(new IsolationForestModel(
            AttributionGolden.Columns, AttributionGolden.SampleSize, 6, AttributionGolden.TreeStarts, AttributionGolden.Feature, AttributionGolden.Threshold, AttributionGolden.Left, AttributionGolden.Size));
        var rows = FeatureMatrix.Wrap(AttributionGolden.Rows, AttributionGolden.Columns);
        var batch = forest.Attribute(rows);
        for (int row = 0; row < rows.RowCount; row++)
        {
            Assert.Equal(AttributionGolden.Baseline, batch.Baselines[row], 1e-12);
            for (int column = 0; column < AttributionGolden.Columns; column++)
                Assert.Equal(AttributionGolden.Contributions[(row * AttributionGolden.Columns) + column], batch.Contributions(row)[column], 1e-12);
        }
    }
}
