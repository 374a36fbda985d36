using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Order;

namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>What all benchmarks share. No job: the command line chooses it, so that <c>--job dry</c> runs everything once.</summary>
internal static class BenchmarkConfig
{
    public static IConfig Create() => ManualConfig.Create(DefaultConfig.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddColumn(new ThroughputColumn("Rows/s", "Rows (calls, where one row is scored) divided by the mean time", Workload.Rows))
        .AddColumn(new ThroughputColumn("MB/s", "Megabytes (10⁶ bytes) of unpacked text divided by the mean time", Workload.Megabytes))
        .AddLogicalGroupRules(BenchmarkLogicalGroupRule.ByCategory, BenchmarkLogicalGroupRule.ByParams)
        .WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared))
        .HideColumns(Column.Error, Column.RatioSD);
}
