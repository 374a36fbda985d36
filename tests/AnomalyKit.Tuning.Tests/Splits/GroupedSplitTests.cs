using FsCheck.Xunit;

namespace AnomalyKit.Tuning.Tests;

public sealed class GroupedSplitTests
{
    [Property(MaxTest = 50)]
    public void No_group_is_on_both_sides(byte[] groups, ulong seed)
    {
        string[] keys = ["a", "b", "a", "b", .. groups.Select(group => (group % 7).ToString(System.Globalization.CultureInfo.InvariantCulture)), "0", "1", "2", "3", "4", "5", "6"];
        bool[] labels = [true, true, .. Enumerable.Range(2, keys.Length - 9).Select(row => row % 5 == 0), .. new bool[7]];
        var folds = ValidationSplit.Grouped(keys, 4, seed).Split(LabeledRows.WithLabels(labels));

        foreach (var fold in folds)
        {
            Assert.Empty(fold.TrainingRows.ToArray().Select(row => keys[row]).Intersect(fold.HeldOutRows.ToArray().Select(row => keys[row])));
            Assert.Contains(fold.HeldOutRows.ToArray(), row => labels[row]);
        }

        Assert.Equal(Enumerable.Range(0, keys.Length), folds.SelectMany(fold => fold.HeldOutRows.ToArray()).Order());
    }

    [Fact]
    public void Groups_come_from_a_column_of_ids()
    {
        string[] customers = [.. Enumerable.Range(0, 40).Select(row => $"customer {row % 8}")];
        var table = LabeledRows.Table(CategoryColumn.FromWords("customer", customers), ColumnRole.Id, Enumerable.Range(0, 40).Select(row => row % 8 < 3 && row < 8 ? "1" : "0"));

        var folds = ValidationSplit.Grouped("customer").Split(table);

        // Three customers have an anomaly, so there are three folds.
        Assert.Equal(3, folds.Count);
        foreach (var fold in folds)
            Assert.Empty(fold.TrainingRows.ToArray().Select(row => customers[row]).Intersect(fold.HeldOutRows.ToArray().Select(row => customers[row])));
    }

    [Fact]
    public void Anomalies_in_one_group_are_too_few()
    {
        var problem = Assert.Throws<ArgumentException>(() => ValidationSplit.Grouped(["a", "a", "b", "c"]).Split(LabeledRows.WithLabels(true, true, false, false)));

        Assert.Contains("1 of the 3 groups of 'keys' has an anomaly", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_another_number_of_rows_are_refused() =>
        Assert.Contains(
            "2 group keys; the data has 3 rows",
            Assert.Throws<ArgumentException>(() => ValidationSplit.Grouped(["a", "b"]).Split(LabeledRows.WithLabels(true, true, false))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_missing_group_is_named()
    {
        var table = LabeledRows.Table(CategoryColumn.FromWords("customer", ["a", null, "b"]), ColumnRole.Id, ["1", "0", "1"]);

        var problem = Assert.Throws<TableDataException>(() => ValidationSplit.Grouped("customer").Split(table));

        Assert.Contains("Row 1, column 'customer' is missing", problem.Message, StringComparison.Ordinal);
    }
}
