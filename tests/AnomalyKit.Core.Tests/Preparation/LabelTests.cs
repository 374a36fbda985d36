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

    [Theory]
    [InlineData("oui", "non")]
    [InlineData("Ja", "Nein")]
    [InlineData("SÍ", "no")]
    [InlineData("sì", "no")]
    [InlineData(" Sim ", "Não")]
    [InlineData("ja", "nee")]
    [InlineData("tak", "nie")]
    [InlineData("VRAI", "FAUX")]
    [InlineData("WAHR", "FALSCH")]
    [InlineData("anomaly", "normal")]
    public void Labels_are_read_in_other_languages(string anomaly, string normal) =>
        Assert.Equal([true, false], Labelled(Tables.Words("fraud", anomaly, normal)).ReadLabels()!);

    [Fact]
    public void Rows_may_have_no_label()
    {
        Assert.Equal([true, null, false], Labelled(Tables.Words("fraud", "oui", null, "non")).ReadKnownLabels()!);
        Assert.Equal([null, true, false], Labelled(Tables.Numbers("fraud", double.NaN, 1, 0)).ReadKnownLabels()!);
        Assert.Equal([false, true, null], Labelled(Tables.Booleans("fraud", 0, 1, -1)).ReadKnownLabels()!);
        Assert.Null(Tables.Of(Tables.Numbers("amount", 1, 2)).ReadKnownLabels());
        string message = Assert.Throws<TableDataException>(() => Labelled(Tables.Words("fraud", "no", null, "perhaps")).ReadKnownLabels(100)).Message;
        Assert.StartsWith("Row 102, column 'fraud' is 'perhaps', which is not a label. Expected 0 or 1", message, StringComparison.Ordinal);
    }

    private static FeatureTable Labelled(TableColumn column) => Tables.Of(column).WithRole("fraud", ColumnRole.Label);
}
