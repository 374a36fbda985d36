using FsCheck.Xunit;

namespace AnomalyKit.Tuning.Tests;

public sealed class TimeOrderedSplitTests
{
    [Property(MaxTest = 50)]
    public void Nothing_is_trained_on_that_is_not_before_what_is_measured_on(byte[] times, byte folds)
    {
        double[] all = [.. times.Select(time => (double)(time % 16)), .. Enumerable.Range(0, 60).Select(time => (double)(time % 20))];
        var table = LabeledRows.Table(new DoubleColumn("time", all), ColumnRole.Feature, Enumerable.Range(0, all.Length).Select(row => row % 3 == 0 ? "1" : "0"));

        foreach (var fold in ValidationSplit.TimeOrdered("time", 2 + (folds % 5)).Split(table))
            Assert.True(fold.TrainingRows.ToArray().Max(row => all[row]) < fold.HeldOutRows.ToArray().Min(row => all[row]));
    }

    [Fact]
    public void Stretches_follow_each_other_in_the_order_of_the_rows()
    {
        var folds = ValidationSplit.TimeOrdered(3).Split(LabeledRows.WithLabels(Enumerable.Range(0, 40).Select(row => row % 5 == 4)));

        Assert.Equal([(10, 10), (20, 10), (30, 10)], folds.Select(fold => (fold.TrainingRows.Length, fold.HeldOutRows.Length)));
        Assert.Equal(Enumerable.Range(0, 20), folds[1].TrainingRows.ToArray());
        Assert.Equal(Enumerable.Range(20, 10), folds[1].HeldOutRows.ToArray());
    }

    [Fact]
    public void A_stretch_without_an_anomaly_is_joined_with_the_next_one()
    {
        var folds = ValidationSplit.TimeOrdered(3).Split(LabeledRows.WithLabels(Enumerable.Range(0, 40).Select(row => row is 5 or 25 or 26)));

        // Rows 10 to 19 have none, and rows 30 to 39 go with those before them.
        Assert.Equal([(10, 30)], folds.Select(fold => (fold.TrainingRows.Length, fold.HeldOutRows.Length)));
    }

    [Fact]
    public void Anomalies_of_the_first_stretch_only_are_no_use()
    {
        var problem = Assert.Throws<ArgumentException>(() => ValidationSplit.TimeOrdered(3).Split(LabeledRows.WithLabels(Enumerable.Range(0, 40).Select(row => row < 5))));

        Assert.Contains("nothing to measure on", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dates_are_times()
    {
        long[] ticks = [.. Enumerable.Range(0, 20).Select(row => new DateTime(2024, 1, 20 - row, 0, 0, 0, DateTimeKind.Utc).Ticks)];
        var table = LabeledRows.Table(new DateTimeColumn("day", ticks, isUtc: true), ColumnRole.Id, Enumerable.Range(0, 20).Select(row => row % 4 == 0 ? "1" : "0"));

        var fold = ValidationSplit.TimeOrdered("day", 3).Split(table)[0];

        Assert.Equal([15, 16, 17, 18, 19], fold.TrainingRows.ToArray());
    }

    [Fact]
    public void Words_are_no_times() =>
        Assert.Contains(
            "is of kind Category; a time column must hold",
            Assert.Throws<ArgumentException>(() => ValidationSplit.TimeOrdered("day").Split(LabeledRows.Table(CategoryColumn.FromWords("day", ["a", "b"]), ColumnRole.Id, ["1", "0"]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_missing_time_is_named() =>
        Assert.Equal(
            1,
            Assert.Throws<TableDataException>(() => ValidationSplit.TimeOrdered("t").Split(LabeledRows.Table(new DoubleColumn("t", new[] { 1, double.NaN }), ColumnRole.Id, ["1", "0"]))).Row);

    [Fact]
    public void Times_of_a_matrix_are_values_not_cells()
    {
        var schema = new FeatureSchema(["t", "x"], [1e9, 0]);
        float[] cells = [.. Enumerable.Range(0, 20).SelectMany(row => new float[] { 20 - row, 0 })];
        var data = FeatureMatrix.Wrap(cells, schema, Enumerable.Range(0, 20).Select(row => row % 4 == 0).ToArray());

        Assert.Equal([15, 16, 17, 18, 19], ValidationSplit.TimeOrdered("t", 3).Split(data)[0].TrainingRows.ToArray());
    }
}
