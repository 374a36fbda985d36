using AnomalyKit.Benchmarks.Data;
using BenchmarkDotNet.Running;

namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>How much one operation of a benchmark works through, read off its parameters.</summary>
internal static class Workload
{
    /// <summary>The parameter <c>Rows</c>, or the rows of the parameter <c>Input</c>.</summary>
    public static double? Rows(BenchmarkCase benchmark) => Value(benchmark, "Rows") switch
    {
        int rows => rows,
        _ => Value(benchmark, "Input") is CsvInput input ? input.Rows : null,
    };

    /// <summary>The unpacked text of the parameter <c>Input</c>.</summary>
    public static double? Megabytes(BenchmarkCase benchmark) =>
        Value(benchmark, "Input") is CsvInput input ? input.TextBytes / 1e6 : null;

    private static object? Value(BenchmarkCase benchmark, string parameter) =>
        benchmark.Parameters.Items.FirstOrDefault(item => item.Name == parameter)?.Value;
}
