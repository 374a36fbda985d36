using AnomalyKit.Tool.Tests.Support;

namespace AnomalyKit.Tool.Tests;

/// <summary>Whatever is typed, nobody sees a stack trace.</summary>
public sealed class RandomCommandLineTests(Payments payments) : IClassFixture<Payments>
{
    private const int Lines = 2000;

    [Fact]
    public void Two_thousand_random_command_lines_end_with_a_documented_code()
    {
        string[] words =
        [
            "fit", "score", "explain", "drift", "convert", "completion", "complete", "inspect", "threshold", "evaluate", "compare", "merge", "cluster", "bash", "--help", "--version", "-q", "--json",
            "--out", "--detector", "isolation-forest", "--set", "TreeCount=2", "TreeCount=", "=", "--only", "top:3", "anomalies", "top:-1", "--explain", "--row", "--top", "--keep", "id", "--out-decimal", ",", "--guard-formulas", "--label", "fraud", "--id",
            "--ignore", "--missing", "median", "--threshold", "contamination:0.01", "nan", "--threads", "--seed", "18446744073709551616", "-1", "1e9", "", " ", "\0", "\n", "@file", "-", "--", "[suggest]", "[parse]", "%s", "é\ud800",
            "--shard", "1/2", "3/2", "env/4", "--format", "parquet", "--delimiter", ",", "--reasons", "--kind", "amount=number", "*", "/dev/null", payments.Csv, payments.Model, Path.GetDirectoryName(payments.Csv)!,
        ];
        var random = new Random(17);
        string outputs = payments["random"];
        Directory.CreateDirectory(outputs);
        for (int i = 0; i < Lines; i++)
        {
            // Outputs have names of their own, so that no line writes over the data; standard input is not that of the test.
            string[] line = [.. Enumerable.Range(0, random.Next(7)).Select(_ => words[random.Next(words.Length)])];
            line = [.. line.Select((word, at) => at > 0 && line[at - 1] == "--out" ? Path.Combine(outputs, $"{i}.akm") : word).Where(word => word != "-")];
            var run = Run.Of(line);
            string shown = string.Join(' ', line);
            Assert.True(run.ExitCode is 0 or 1 or 2, $"'{shown}' ended with {run.ExitCode}");
            Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", run.Errors, StringComparison.Ordinal);
            Assert.True(run.ExitCode == 0 || run.Errors.Contains("anomalykit: ", StringComparison.Ordinal), $"'{shown}' ended with {run.ExitCode} and said nothing");
        }
    }
}
