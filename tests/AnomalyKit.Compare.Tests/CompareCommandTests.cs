using static AnomalyKit.Compare.Tests.ExportText;

namespace AnomalyKit.Compare.Tests;

public sealed class CompareCommandTests : IDisposable
{
    private readonly Comparer _comparer = new();

    public void Dispose() => _comparer.Dispose();

    [Fact]
    public void A_benchmark_that_became_slower_fails_the_command()
    {
        for (int run = 0; run < 4; run++)
        {
            _comparer.Add("base", Of(Benchmark("Fit", [1000 + run, 1001, 1002]), Benchmark("Score", [500, 501 + run])));
            _comparer.Add("head", Of(Benchmark("Fit", [1200 + run, 1201, 1203]), Benchmark("Score", [501, 500 + run])));
        }

        Assert.Equal(CompareCommand.Regressed, _comparer.Run());
        Assert.Contains("1 regressed, 1 the same", _comparer.Output, StringComparison.Ordinal);
        Assert.Contains("**1.200**", _comparer.Row("Fit"), StringComparison.Ordinal);
        Assert.EndsWith("| slower |", _comparer.Row("Fit"), StringComparison.Ordinal);
        Assert.DoesNotContain("**", _comparer.Row("Score"), StringComparison.Ordinal);
        Assert.Contains("Test CPU, 2 logical cores, .NET 10.0.1", _comparer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_passes()
    {
        double[] before = [1000, 1150, 900, 1080];
        double[] after = [1100, 980, 1200, 1010];
        for (int run = 0; run < 4; run++)
        {
            _comparer.Add("base", Of(Benchmark("Fit", [before[run], before[run], before[run]])));
            _comparer.Add("head", Of(Benchmark("Fit", [after[run], after[run], after[run]])));
        }

        Assert.Equal(CompareCommand.Fine, _comparer.Run());
    }

    [Fact]
    public void A_change_below_the_bound_passes_however_sure_it_is()
    {
        for (int run = 0; run < 4; run++)
        {
            _comparer.Add("base", Of(Benchmark("Fit", [1000, 1000.1, 1000.2 + run])));
            _comparer.Add("head", Of(Benchmark("Fit", [1040, 1040.1, 1040.2 + run])));
        }

        Assert.Equal(CompareCommand.Fine, _comparer.Run());
        Assert.Equal(CompareCommand.Regressed, _comparer.Run("--bound", "0.03"));
    }

    [Fact]
    public void What_differs_between_runs_counts_and_not_what_iterations_agree_on()
    {
        // Within each process a spread of 0.01 %, between them one of 30 %: iterations alone would be sure of a change.
        double[] factors = [1, 1.3, 0.8, 1.1, 1.12, 1.4, 0.9, 1.2];
        for (int run = 0; run < 4; run++)
        {
            _comparer.Add("base", Of(Benchmark("Fit", Enumerable.Range(0, 15).Select(i => (1000 + (0.01 * i)) * factors[run]))));
            _comparer.Add("head", Of(Benchmark("Fit", Enumerable.Range(0, 15).Select(i => (1000 + (0.01 * i)) * factors[4 + run]))));
        }

        Assert.Equal(CompareCommand.Fine, _comparer.Run());
        Assert.EndsWith("| unclear |", _comparer.Row("Fit"), StringComparison.Ordinal);
        Assert.DoesNotContain("single run", _comparer.Output, StringComparison.Ordinal);
        Assert.Equal(
            CompareCommand.Regressed,
            _comparer.RunOn(Path.Combine(_comparer.Side("base"), "0"), Path.Combine(_comparer.Side("head"), "0")));
        Assert.Contains("single run", _comparer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_can_be_given_instead_of_folders()
    {
        _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001, 1002])));
        _comparer.Add("head", Of(Benchmark("Fit", [2000, 2001, 2002])));
        Assert.Equal(CompareCommand.Regressed, _comparer.RunOn(
            Directory.GetFiles(_comparer.Side("base"), "*.json", SearchOption.AllDirectories).Single(),
            Directory.GetFiles(_comparer.Side("head"), "*.json", SearchOption.AllDirectories).Single()));
    }

    [Theory]
    [InlineData(0, 24, true)]
    [InlineData(0, 0.001, false)]
    [InlineData(1000, 1005, false)]
    [InlineData(1000, 1020, true)]
    [InlineData(1000, 24, false)]
    public void More_allocated_bytes_fail_the_command(double before, double after, bool fails)
    {
        for (int run = 0; run < 2; run++)
        {
            _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001], before)));
            _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001], after)));
        }

        Assert.Equal(fails ? CompareCommand.Regressed : CompareCommand.Fine, _comparer.Run());
        Assert.Equal(fails, _comparer.Output.Contains("allocates more", StringComparison.Ordinal));
        Assert.Equal(after < before / 2, _comparer.Output.Contains("allocates less", StringComparison.Ordinal));
    }

    [Fact]
    public void Stray_allocations_of_one_run_do_not_count()
    {
        foreach (double bytes in (double[])[0, 736])
        {
            _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001], 0)));
            _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001], bytes)));
        }

        Assert.Equal(CompareCommand.Fine, _comparer.Run());
    }

    [Fact]
    public void Benchmarks_of_one_side_are_listed_and_do_not_fail_the_command()
    {
        _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001, 1002]), Benchmark("Old", [1, 1.1])));
        _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001, 1002]), Benchmark("Young", [1, 1.1])));
        Assert.Equal(CompareCommand.Fine, _comparer.Run());
        Assert.EndsWith("| gone |", _comparer.Row("Old"), StringComparison.Ordinal);
        Assert.EndsWith("| new |", _comparer.Row("Young"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_benchmark_that_fails_in_the_head_fails_the_command()
    {
        _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001, 1002]), Benchmark("Score", [1, 1.1])));
        _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001, 1002]), Benchmark("Score", null, null)));
        Assert.Equal(CompareCommand.Regressed, _comparer.Run());
        Assert.EndsWith("| broken |", _comparer.Row("Score"), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_failed_in_the_base_is_new()
    {
        _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001, 1002]), Benchmark("Score", null, null)));
        _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001, 1002]), Benchmark("Score", [1, 1.1])));
        Assert.Equal(CompareCommand.Fine, _comparer.Run());
        Assert.EndsWith("| new |", _comparer.Row("Score"), StringComparison.Ordinal);
    }

    [Fact]
    public void Parameters_and_jobs_are_told_apart_and_made_up_job_names_are_not()
    {
        _comparer.Add("base", Of(
            Benchmark("Fit", [1000, 1001], parameters: "Rows=10"),
            Benchmark("Fit", [9000, 9001], parameters: "Rows=100"),
            Benchmark("Fit", [5000, 5001], job: "Job-ABCDEF(EnvironmentVariables=KERNEL=scalar)")));
        _comparer.Add("head", Of(
            Benchmark("Fit", [5000, 5001], job: "Job-GHIJKL(EnvironmentVariables=KERNEL=scalar)"),
            Benchmark("Fit", [9000, 9001], parameters: "Rows=100"),
            Benchmark("Fit", [1000, 1001], parameters: "Rows=10")));
        Assert.Equal(CompareCommand.Fine, _comparer.Run());
        Assert.Contains("Benchmarks: 3 the same", _comparer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_is_written_to_a_file_too()
    {
        _comparer.Add("base", Of(Benchmark("Fit", [1000, 1001])));
        _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001])));
        string path = Path.Combine(_comparer.Side("base"), "table.md");
        Assert.Equal(CompareCommand.Fine, _comparer.Run("--out", path));
        Assert.Equal(_comparer.Output, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("{\"Benchmarks\": [", "full JSON export")]
    [InlineData("[]", "'Benchmarks' is missing")]
    [InlineData("{}", "'Benchmarks' is missing")]
    [InlineData("{\"Benchmarks\": 3}", "full JSON export")]
    [InlineData("{\"Benchmarks\": [{}]}", "'FullName' is missing")]
    [InlineData("{\"Benchmarks\": [3]}", "'FullName' is missing")]
    [InlineData("{\"Benchmarks\": [{\"FullName\": null}]}", "'FullName' is null")]
    [InlineData("{\"Benchmarks\": [{\"FullName\": \"A.B\", \"Statistics\": {}}]}", "'OriginalValues' is missing")]
    [InlineData("{\"Benchmarks\": [{\"FullName\": \"A.B\", \"Statistics\": {\"OriginalValues\": []}}]}", "positive numbers")]
    [InlineData("{\"Benchmarks\": [{\"FullName\": \"A.B\", \"Statistics\": {\"OriginalValues\": [0]}}]}", "positive numbers")]
    [InlineData("{\"Benchmarks\": [{\"FullName\": \"A.B\", \"Statistics\": {\"OriginalValues\": [\"x\"]}}]}", "full JSON export")]
    [InlineData("{\"Benchmarks\": [{\"FullName\": \"A.B\"}, {\"FullName\": \"A.B\"}]}", "twice")]
    [InlineData("{\"HostEnvironmentInfo\": 3, \"Benchmarks\": []}", "No benchmark is in both")]
    public void What_is_no_export_is_refused_with_its_name(string json, string message)
    {
        _comparer.Add("base", json);
        _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001])));
        Assert.Equal(CompareCommand.NothingCompared, _comparer.Run());
        Assert.Contains(message, _comparer.Error, StringComparison.Ordinal);
        Assert.Equal("", _comparer.Output);
    }

    [Fact]
    public void Missing_files_and_empty_folders_are_named()
    {
        _comparer.Add("head", Of(Benchmark("Fit", [1000, 1001])));
        Assert.Equal(CompareCommand.NothingCompared, _comparer.Run());
        Assert.Contains($"'{_comparer.Side("base")}' is neither a file nor a folder", _comparer.Error, StringComparison.Ordinal);
        Directory.CreateDirectory(_comparer.Side("base"));
        Assert.Equal(CompareCommand.NothingCompared, _comparer.Run());
        Assert.Contains("holds no file", _comparer.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--error-rate", "0")]
    [InlineData("--error-rate", "1")]
    [InlineData("--bound", "-1")]
    [InlineData("--bound", "NaN")]
    public void Options_out_of_range_are_refused(string option, string value) =>
        Assert.NotEmpty(CompareCommand.Create(TextWriter.Null, TextWriter.Null).Parse(["a", "b", option, value]).Errors);
}
