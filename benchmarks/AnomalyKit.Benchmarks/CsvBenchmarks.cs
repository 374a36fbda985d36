using AnomalyKit.Benchmarks.Data;
using AnomalyKit.Benchmarks.Infrastructure;
using BenchmarkDotNet.Attributes;

namespace AnomalyKit.Benchmarks;

/// <summary>CSV text to a matrix: whole, or batch by batch in bounded memory.</summary>
public class CsvBenchmarks
{
    public static IEnumerable<CsvInput> Inputs => CsvInput.All();

    [ParamsSource(nameof(Inputs))]
    public CsvInput Input { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        Input.Ensure();
        var data = Load();
        Verify.That(
            data.RowCount == Input.Rows && data.ColumnCount == Input.Columns && data.HasLabels,
            $"{Input} gives {Input.Rows} labelled rows of {Input.Columns} columns (it gives {data})");
        Verify.That(ReadBatches() == Input.Rows, $"the batches of {Input} have {Input.Rows} rows together");
        if (Input.CreditCard is null)
            Verify.Same(SyntheticRows.Create(Input.Rows, Input.Columns).ContiguousCells(0, 1000), data.ContiguousCells(0, 1000), "reading");
    }

    [Benchmark(Baseline = true)]
    public FeatureMatrix Load() => FeatureMatrix.LoadCsv(Input.Path, Input.LabelColumn);

    [Benchmark]
    public int ReadBatches()
    {
        using var reader = CsvFeatureReader.Open(Input.Path, Input.LabelColumn);
        int rows = 0;
        while (reader.ReadBatch(8192) is { } batch)
            rows += batch.RowCount;
        return rows;
    }
}
