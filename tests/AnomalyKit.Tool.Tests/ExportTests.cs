using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>What <c>export</c> writes, and what it says of it.</summary>
public sealed class ExportTests(Payments payments) : IClassFixture<Payments>
{
    [Theory]
    [InlineData("words.onnx")]
    [InlineData("codes.onnx", "--category-codes")]
    public void A_model_is_written_and_compared(string name, params string[] options)
    {
        var run = Run.Of(["export", payments.Model, "--out", payments[name], "--verify", payments.Csv, "--json", .. options]).Succeeds();
        Assert.Equal(Payments.RowCount, run.Json.GetProperty("verified_rows").GetInt64());
        Assert.InRange(run.Json.GetProperty("largest_difference").GetDouble(), 0, 1e-5);
        Assert.Equal(0, run.Json.GetProperty("different_labels").GetInt64());
        Assert.Equal(new FileInfo(payments[name]).Length, run.Json.GetProperty("bytes").GetInt64());
        Assert.Contains("rows compared", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_from_Germany_is_read_as_it_is_written()
    {
        string german = payments.Write("german.csv", "id;amount;hour;merchant\np1;12,50;7;fuel\np2;1020,75;9;books\n");
        string[] export = ["export", payments.Model, "--out", payments["german.onnx"], "--decimal", ","];
        Assert.Equal(2, Run.Of([.. export, "--verify", german, "--json"]).Succeeds().Json.GetProperty("verified_rows").GetInt64());
        Run.Of(export).Fails(2, "--decimal", "--verify");
    }

    [Fact]
    public void What_cannot_be_written_is_an_error_and_leaves_no_file()
    {
        string path = payments["none.onnx"];
        Run.Of("export", payments.Model, "--out", path, "--inputs", "matrix").Fails(1, "merchant", "--inputs columns");
        Run.Of("export", payments.Model, "--out", path, "--inputs", "rows").Fails(2, "'matrix' or 'columns'");
        Run.Of("export", payments.Model, "--out", path, "--members").Fails(1, "no members");
        Run.Of("export", payments.Model, "--out", payments.Model).Fails(2, "would be replaced");
        Run.Of("export", payments.Csv, "--out", path).Fails(1, "is a table");
        Assert.False(File.Exists(path));
    }
}
