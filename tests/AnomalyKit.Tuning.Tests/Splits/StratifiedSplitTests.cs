using FsCheck.Xunit;

namespace AnomalyKit.Tuning.Tests;

public sealed class StratifiedSplitTests
{
    [Property(MaxTest = 50)]
    public void Every_row_is_held_out_once_and_trained_on_otherwise(bool[] labels, byte folds, ulong seed)
    {
        bool[] all = [true, true, false, false, .. labels, .. Enumerable.Repeat(false, 100)];
        int asked = 2 + (folds % 5);
        var made = ValidationSplit.Stratified(asked, seed).Split(LabeledRows.WithLabels(all));

        Assert.Equal(Math.Min(asked, all.Count(label => label)), made.Count);
        Assert.Equal(Enumerable.Range(0, all.Length), made.SelectMany(fold => fold.HeldOutRows.ToArray()).Order());
        foreach (var fold in made)
            Assert.Equal(Enumerable.Range(0, all.Length), fold.TrainingRows.ToArray().Concat(fold.HeldOutRows.ToArray()).Order());
        int[] anomalies = [.. made.Select(fold => fold.HeldOutRows.ToArray().Count(row => all[row]))];
        Assert.InRange(anomalies.Max() - anomalies.Min(), 0, 1);
        Assert.True(anomalies.Min() > 0);
        int[] sizes = [.. made.Select(fold => fold.HeldOutRows.Length)];
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    [Fact]
    public void The_seed_decides_the_rows()
    {
        var data = LabeledRows.Make();
        int[] First(ulong seed) => ValidationSplit.Stratified(seed: seed).Split(data)[0].HeldOutRows.ToArray();

        Assert.Equal(First(5), First(5));
        Assert.NotEqual(First(5), First(6));
    }

    [Fact]
    public void One_anomaly_is_too_few_and_the_message_says_so()
    {
        var problem = Assert.Throws<ArgumentException>(() => ValidationSplit.Stratified().Split(LabeledRows.Make(50, 1)));

        Assert.Contains("1 of the 50 rows is labeled an anomaly", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_without_a_normal_row_are_refused()
    {
        var problem = Assert.Throws<ArgumentException>(() => ValidationSplit.Stratified(3).Split(LabeledRows.WithLabels(true, true, true, true, false)));

        Assert.Contains("no labeled normal row", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_without_a_label_are_trained_on_and_never_measured_on()
    {
        string?[] labels = [.. Enumerable.Range(0, 60).Select(row => row % 3 == 0 ? null : row % 4 == 0 ? "yes" : "no")];
        var table = LabeledRows.Table(new DoubleColumn("y", new double[60]), ColumnRole.Feature, labels);

        var folds = ValidationSplit.Stratified(4).Split(table);

        Assert.Equal(Enumerable.Range(0, 60).Where(row => row % 3 != 0), folds.SelectMany(fold => fold.HeldOutRows.ToArray()).Order());
        foreach (int row in Enumerable.Range(0, 20).Select(i => 3 * i))
            Assert.Equal(3, folds.Count(fold => fold.TrainingRows.Span.Contains(row)));
    }

    [Fact]
    public void A_cell_that_is_no_label_is_named_by_its_row()
    {
        string?[] labels = [null, "yes", null, "perhaps", "no"];
        var table = LabeledRows.Table(new DoubleColumn("y", new double[5]), ColumnRole.Feature, labels);

        var problem = Assert.Throws<TableDataException>(() => ValidationSplit.Stratified().Split(table));

        Assert.Equal(3, problem.Row);
        Assert.Contains("Row 3, column 'label' is 'perhaps'", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(101)]
    public void Numbers_of_folds_that_make_no_sense_are_refused(int folds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ValidationSplit.Stratified(folds));

    [Fact]
    public void Data_without_labels_is_refused() =>
        Assert.Contains("no labels", Assert.Throws<ArgumentException>(() => ValidationSplit.Stratified().Split(FeatureMatrix.Wrap(new float[8], 2))).Message, StringComparison.Ordinal);
}
