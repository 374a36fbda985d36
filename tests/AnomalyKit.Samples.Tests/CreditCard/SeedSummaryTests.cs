using System.Globalization;
using AnomalyKit.Samples.CreditCard;
using AnomalyKit.Samples.CreditCard.Reporting;

namespace AnomalyKit.Samples.Tests.CreditCard;

public sealed class SeedSummaryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Means_stand_with_the_standard_errors_that_three_digits_show()
    {
        // 0.5, 0.6, 0.7: mean 0.6, standard deviation 0.1, standard error 0.1 / √3 = 0.0577.
        string text = SeedSummary.Markdown([Write("a", 100, 0.5), Write("b", 100, 0.6), Write("c", 100, 0.7)]);
        Assert.Contains("reference, recommended settings, 3 seeds:", text, StringComparison.Ordinal);
        Assert.Contains("| forest | 0.900 | 0.600 ± 0.058 | 0.800 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void One_run_has_no_standard_error() =>
        Assert.Contains("| forest | 0.900 | 0.500 | 0.800 |", SeedSummary.Markdown([Write("a", 100, 0.5)]), StringComparison.Ordinal);

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        string file = Write("a", 100, 0.5);
        Assert.Contains("other data", Assert.Throws<SampleException>(() => SeedSummary.Markdown([file, Write("b", 101, 0.5)])).Message, StringComparison.Ordinal);
        Assert.Contains("only seeds", Assert.Throws<SampleException>(() => SeedSummary.Markdown([file, Write("c", 100, 0.5, "lof")])).Message, StringComparison.Ordinal);
        string broken = Path.Combine(_folder.Path, "broken.json");
        foreach (string content in (string[])["", "{", "[]", "{}", """{"data":{"rows":"x"}}""", """{"data":{"rows":1,"frauds":0},"runs":[{"protocol":"p"}]}"""])
        {
            File.WriteAllText(broken, content);
            Assert.Contains("not the results.json", Assert.Throws<SampleException>(() => SeedSummary.Markdown([broken])).Message, StringComparison.Ordinal);
        }

        Assert.Contains("cannot be read", Assert.Throws<SampleException>(() => SeedSummary.Markdown([Path.Combine(_folder.Path, "none.json")])).Message, StringComparison.Ordinal);
    }

    private string Write(string name, int rows, double averagePrecision, string detector = "forest")
    {
        string path = Path.Combine(_folder.Path, name + ".json");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            {"data": {"rows": {{rows}}, "frauds": 3}, "runs": [{"protocol": "reference", "detector": "{{detector}}", "settings": "recommended", "roc_auc": 0.9,
             "average_precision": {{averagePrecision}}, "precision": 0.8, "recall": 0.7, "f1": 0.6, "macro_f1": 0.5, "weighted_f1": 0.4}]}
            """));
        return path;
    }
}
