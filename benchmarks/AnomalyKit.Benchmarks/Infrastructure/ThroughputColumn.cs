using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace AnomalyKit.Benchmarks.Infrastructure;

/// <summary>Work divided by the mean time.</summary>
/// <param name="name">The column's title.</param>
/// <param name="legend">What it says.</param>
/// <param name="workload">The work of one operation, or nothing where the column does not apply.</param>
internal sealed class ThroughputColumn(string name, string legend, Func<BenchmarkCase, double?> workload) : IColumn
{
    public string Id => $"{nameof(ThroughputColumn)}.{name}";

    public string ColumnName => name;

    public string Legend => legend;

    public bool AlwaysShow => false;

    public ColumnCategory Category => ColumnCategory.Statistics;

    public int PriorityInCategory => 100;

    public bool IsNumeric => true;

    public UnitType UnitType => UnitType.Dimensionless;

    public bool IsAvailable(Summary summary) => summary.BenchmarksCases.Any(benchmark => workload(benchmark) is not null);

    public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => workload(benchmarkCase) is null;

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase) => GetValue(summary, benchmarkCase, SummaryStyle.Default);

    public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) =>
        workload(benchmarkCase) is { } work && summary[benchmarkCase]?.ResultStatistics is { } statistics
            ? (work / (statistics.Mean * 1e-9)).ToString("N0", CultureInfo.InvariantCulture)
            : "-";

    public override string ToString() => name;
}
