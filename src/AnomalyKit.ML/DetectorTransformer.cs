using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Pipelines;
using AnomalyKit.ML.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit;

/// <summary>A fitted detector as a transformer of ML.NET: adds the columns <c>Score</c> (Single), <c>PredictedLabel</c> (Boolean) and, for detectors with a calibration of tails, <c>PValue</c> (Single).</summary>
/// <remarks>
/// <para>A higher score is more anomalous; a row whose score exceeds <see cref="IAnomalyDetector.Threshold"/> is an anomaly. A row's score never depends on the rows beside it, nor on their order. Columns of these names that the data has are hidden.</para>
/// <para>Data is scored in blocks of rows while it is read. Prediction engines score row by row, to the same bits. Immutable and safe for any number of threads; of prediction engines each thread needs its own, as always in ML.NET.</para>
/// <para>
/// <c>mlContext.Model.Save</c> writes the detector into the pipeline, and <c>mlContext.Model.Load</c> reads it in any program that has this package, without registration, to the same bits. The loaded pipeline scores row by row;
/// <see cref="AnomalyDetectionCatalogExtensions.RestoreDetectors"/> makes it score in blocks again.
/// </para>
/// </remarks>
public sealed class DetectorTransformer : ITransformer
{
    private readonly DetectorInput _input;
    private readonly DataViewSchema? _schema;
    private readonly ICanSaveModel? _loaded;

    internal DetectorTransformer(DetectorInput input, DataViewSchema? schema)
    {
        _input = input;
        _schema = schema;
        if (schema is not null)
            _ = input.Find(schema);
    }

    /// <param name="input">The detector.</param>
    /// <param name="loaded">The pipeline that it was found in; it is what is saved.</param>
    internal DetectorTransformer(DetectorInput input, ICanSaveModel loaded)
    {
        _input = input;
        _loaded = loaded;
    }

    /// <summary>Takes rows to scores.</summary>
    public IAnomalyDetector Detector => _input.Detector;

    /// <summary>The detector with its preparation, where its columns are found by name; null for a detector of one vector column.</summary>
    public TableDetector? TableDetector => _input.TableDetector;

    bool ITransformer.IsRowToRowMapper => true;

    /// <summary>Adds the columns of scores to the columns of data.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <returns>These and those of scores.</returns>
    /// <exception cref="ArgumentException">The column of vectors is missing, or of another type or size.</exception>
    /// <exception cref="TableDataException">A column that the detector looks at is missing or of a type that cannot be used.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        _ = _input.Find(inputSchema);
        return ScoredSchema.Of(inputSchema, _input);
    }

    /// <summary>Scores data while it is read.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The same rows, with their scores. Errors in cells (<see cref="FeatureDataException"/>, <see cref="TableDataException"/>) come when rows are read, up to 2,047 rows ahead.</returns>
    /// <exception cref="ArgumentException">The column of vectors is missing, or of another type or size.</exception>
    /// <exception cref="TableDataException">A column that the detector looks at is missing or of a type that cannot be used.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ScoredView(input, _input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return ((ITransformer)ScoringPipeline.InMemory(_input, inputSchema)).GetRowToRowMapper(inputSchema);
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => (_loaded ?? ScoringPipeline.Carried(_input, _schema ?? _input.OwnSchema())).Save(ctx);
}
