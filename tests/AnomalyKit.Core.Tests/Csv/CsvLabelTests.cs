namespace AnomalyKit.Tests.Csv;

public class CsvLabelTests
{
    [Theory]
    [InlineData("1", "2")]
    [InlineData("1", "-1")]
    [InlineData("0", "0.5")]
    [InlineData("0", "1e3")]
    [InlineData("-1", "0")]
    public void A_number_other_than_0_and_1_is_no_label(string first, string second)
    {
        var error = CsvText.Fails($"a,Class\n1,{first}\n2,{second}\n3,{first}\n", "Class");
        Assert.Equal("Class", error.ColumnName);
        Assert.Contains("AnomalyLabels", error.Message, StringComparison.Ordinal);
        Assert.NotEqual("0", error.Value);
        Assert.NotEqual("1", error.Value);
    }

    [Fact]
    public void Numbers_that_are_0_and_1_are_labels_however_they_are_written() =>
        Assert.Equal(
            [false, true, false, true, true, false],
            CsvText.Load("a,Class\n1,0.0\n2,1.00\n3,-0\n4,1e0\n5, TRUE\n6,false \n", "Class").Labels.ToArray());

    [Fact]
    public void A_column_of_ones_is_refused_unless_it_is_said_to_be_anomalies()
    {
        const string Text = "a,Class\n1,1\n2,1\n3,1\n";
        var error = CsvText.Fails(Text, "Class");
        Assert.Equal("Class", error.ColumnName);
        Assert.Contains("every label is 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("AnomalyLabels", error.Message, StringComparison.Ordinal);
        Assert.Equal([true, true, true], CsvText.Load(Text, "Class", new CsvOptions { AnomalyLabels = new HashSet<string> { "1" } }).Labels.ToArray());
        Assert.Equal([true], CsvText.Load("a,Class\n1,1\n", "Class").Labels.ToArray());
        Assert.Equal([true, true], CsvText.Load("a,Class\n1,true\n2,true\n", "Class").Labels.ToArray());
        Assert.Equal([false, false], CsvText.Load("a,Class\n1,0\n2,0\n", "Class").Labels.ToArray());
    }

    [Fact]
    public void Numbers_can_be_named_as_anomalies()
    {
        var options = new CsvOptions { AnomalyLabels = new HashSet<string> { "-1" } };
        Assert.Equal([false, true, false], CsvText.Load("a,Class\n1,1\n2,-1\n3,1\n", "Class", options).Labels.ToArray());
    }

    [Fact]
    public void Anomaly_labels_none_of_which_occurs_are_an_error_that_lists_the_labels()
    {
        var options = new CsvOptions { AnomalyLabels = new HashSet<string> { "Fraud", "theft" } };
        var error = CsvText.Fails("a,Class\n1,fraud\n2,normal\n3,fraud\n", "Class", options);
        Assert.Equal("Class", error.ColumnName);
        foreach (string part in new[] { "Fraud", "theft", "fraud, normal", "AnomalyLabels" })
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, CsvText.Load("a,Class\n1,fraud\n2,theft\n", "Class", options).Labels.ToArray().Count(label => label));
        Assert.Equal(0, CsvText.Load("a,Class\n", "Class", options).RowCount);
    }

    [Fact]
    public void Very_many_different_labels_are_not_all_listed()
    {
        string text = "a,Class\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"1,label {i}\n"));
        var error = CsvText.Fails(text, "Class", new CsvOptions { AnomalyLabels = new HashSet<string> { "x" } });
        Assert.Contains("label 0, label 1", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 300, 1200);
    }

    [Fact]
    public void Where_the_reading_ends_early_nothing_is_known_about_the_rest()
    {
        var fraud = new CsvOptions { AnomalyLabels = new HashSet<string> { "fraud" }, MaxRows = 2 };
        Assert.Equal([false, false], CsvText.Load("a,Class\n1,ok\n2,ok\n3,fraud\n", "Class", fraud).Labels.ToArray());
        Assert.Equal([true, true], CsvText.Load("a,Class\n1,1\n2,1\n3,0\n", "Class", new CsvOptions { MaxRows = 2 }).Labels.ToArray());
    }

    [Fact]
    public void A_streaming_reader_reports_what_the_loader_throws()
    {
        string rows = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i},{(i == 9_999 ? "fraud" : "ok")}\n"));
        var options = new CsvOptions { AnomalyLabels = new HashSet<string> { "fraud" } };
        using (var reader = CsvFeatureReader.Open(CsvText.Stream("a,Class\n" + rows), "Class", options: options))
        {
            Assert.NotNull(reader.ReadBatch(100));
            Assert.Contains("The labels are: ok", reader.LabelProblem, StringComparison.Ordinal);
            while (reader.ReadBatch(3000) is not null)
            {
            }

            Assert.Null(reader.LabelProblem);
        }

        using (var reader = CsvFeatureReader.Open(CsvText.Stream("a,Class\n1,1\n2,1\n"), "Class"))
        {
            Assert.Equal([true, true], reader.ReadBatch(10)!.Labels.ToArray());
            Assert.Null(reader.ReadBatch(10));
            Assert.Contains("every label is 1", reader.LabelProblem, StringComparison.Ordinal);
        }

        using (var reader = CsvFeatureReader.Open(CsvText.Stream("a\n1\n")))
            Assert.Null(reader.LabelProblem);
    }

    [Fact]
    public void An_empty_anomaly_label_is_refused() =>
        Assert.Throws<ArgumentException>(() => new CsvOptions { AnomalyLabels = new HashSet<string> { "x", " " } });
}
