namespace AnomalyKit.Core.Tests.Preparation;

public sealed class LabelTests
{
    [Fact]
    public void Labels_are_read_from_numbers_words_and_booleans()
    {
        bool[] expected = [false, true, true];
        Assert.Equal(expected, Labelled(Tables.Numbers("fraud", 0, 1, 1)).ReadLabels());
        Assert.Equal(expected, Labelled(Tables.Words("fraud", "no", "Yes", "TRUE")).ReadLabels());
        Assert.Equal(expected, Labelled(Tables.Booleans("fraud", 0, 1, 1)).ReadLabels());
        Assert.Null(Tables.Of(Tables.Numbers("amount", 1, 2)).ReadLabels());
    }

    [Fact]
    public void What_is_no_label_is_named()
    {
        string message = Assert.Throws<TableDataException>(() => Labelled(Tables.Numbers("fraud", 0, 2)).ReadLabels()).Message;
        Assert.Contains("Row 1, column 'fraud' is '2'", message, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.Throws<TableDataException>(() => Labelled(Tables.Words("fraud", "no", null)).ReadLabels()).Message, StringComparison.Ordinal);
    }

    private static FeatureTable Labelled(TableColumn column) => Tables.Of(column).WithRole("fraud", ColumnRole.Label);
}
