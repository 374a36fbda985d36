using AnomalyKit.Numerics;

namespace AnomalyKit.Tuning.Tests;

public sealed class TableSearchTests
{
    /// <summary>Amounts and shops; anomalies are high amounts in one shop; every fifth label is not known.</summary>
    private static FeatureTable Payments(int rows = 160, bool allKnown = false)
    {
        var random = new CounterRandom(4);
        var amounts = new double[rows];
        for (int row = 0; row < rows; row++)
            amounts[row] = random.NextGaussian() + (row % 10 == 0 ? 5 : 0);
        return new FeatureTable(
            [
                new DoubleColumn("amount", amounts),
                CategoryColumn.FromWords("shop", Enumerable.Range(0, rows).Select(row => $"shop {row % 3}")),
                CategoryColumn.FromWords("fraud", Enumerable.Range(0, rows).Select(row => !allKnown && row % 5 == 1 ? null : row % 10 == 0 ? "yes" : "no")),
            ],
            new TableSchema(
            [
                new TableField("amount", ColumnKind.Number), new TableField("shop", ColumnKind.Category), new TableField("fraud", ColumnKind.Category, ColumnRole.Label),
            ]));
    }

    [Fact]
    public void Tables_are_searched_with_their_preparation_and_with_labels_that_are_not_all_known()
    {
        var search = new DetectorSearch(new TableTrainer(new NearestNeighborsTrainer())) { TrialCount = 4, OuterFolds = 2 };
        var table = Payments();
        var found = search.Run(table);

        Assert.Equal(16, found.Estimate!.AnomalyCount);
        var detector = found.TableTrainer!.Fit(Payments(allKnown: true));
        Assert.Equal(table.RowCount, detector.Score(table).Length);
        Assert.Equal(found.Trainer, found.TableTrainer.Trainer);
    }

    [Fact]
    public void Options_of_the_preparation_can_be_searched()
    {
        var space = new SearchSpace(SearchDimension.Choice<TableTrainer, CategoryEncoding>(
            "Categories",
            [new("one-hot", CategoryEncoding.OneHot), new("frequency", CategoryEncoding.Frequency)],
            (trainer, encoding) => trainer with { Preparation = trainer.Preparation with { Categories = encoding } }));
        var found = new DetectorSearch(new NearestNeighborsTrainer()) { Space = space, TrialCount = 2, OuterFolds = 0 }.Run(Payments());

        Assert.All(found.Trials, trial => Assert.Equal(TrialState.Finished, trial.State));
    }

    [Fact]
    public void A_table_without_a_label_column_is_refused() =>
        Assert.Contains(
            "no label column",
            Assert.Throws<ArgumentException>(() => new DetectorSearch(new NearestNeighborsTrainer()).Run(new FeatureTable(new DoubleColumn("x", new double[10])))).Message,
            StringComparison.Ordinal);
}
