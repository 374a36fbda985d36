using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.Benchmarks.Peers;

/// <summary>ML.NET's anomaly detector for tables: how far a row lies from the subspace of the first principal components, found by random projections.</summary>
internal sealed class RandomizedPca
{
    private const string Features = "Features";

    private readonly MLContext _context = new(seed: 42);
    private readonly IDataView _rows;
    private readonly int _rank;

    /// <summary>Copies the rows to where ML.NET reads them from: this is not timed.</summary>
    public RandomizedPca(FeatureMatrix data, int rank)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.ColumnCount);
        _rows = _context.Data.LoadFromEnumerable<Row>([.. Enumerable.Range(0, data.RowCount).Select(row => new Row { Features = data.Cells(row).ToArray() })], schema);
        _rank = rank;
    }

    public ITransformer Fit() => _context.AnomalyDetection.Trainers.RandomizedPca(Features, rank: _rank, ensureZeroMean: true, seed: 42).Fit(_rows);

    public void Score(ITransformer fitted, Span<float> scores)
    {
        int row = 0;
        foreach (float score in fitted.Transform(_rows).GetColumn<float>("Score"))
            scores[row++] = score;
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];
    }
}
