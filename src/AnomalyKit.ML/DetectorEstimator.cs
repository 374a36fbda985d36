using AnomalyKit.ML.Estimating;
using AnomalyKit.ML.Rows;
using Microsoft.ML;

namespace AnomalyKit;

/// <summary>A trainer as an estimator of ML.NET's pipelines. Labels, if there are any, are not looked at.</summary>
/// <remarks>Immutable and safe for any number of threads; fitting twice gives the same detector twice.</remarks>
public sealed class DetectorEstimator : IEstimator<DetectorTransformer>
{
    private readonly FitSource _source;

    internal DetectorEstimator(FitSource source) => _source = source;

    /// <summary>Fits the detector.</summary>
    /// <param name="input">The training rows; they are read once.</param>
    /// <returns>The fitted detector.</returns>
    /// <exception cref="ArgumentException">The column of vectors is missing or cannot be used, or the options do not fit the data.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite.</exception>
    /// <exception cref="TableDataException">A column is missing or of a type that cannot be used, or a cell is.</exception>
    public DetectorTransformer Fit(IDataView input) => Fit(input, options: null);

    /// <summary>Fits the detector.</summary>
    /// <param name="input">The training rows; they are read once.</param>
    /// <param name="options">Threads and progress; nothing here changes the result.</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <returns>The fitted detector.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <inheritdoc cref="Fit(IDataView)"/>
    public DetectorTransformer Fit(IDataView input, FitOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new DetectorTransformer(_source.Fit(input, options, cancellationToken), input.Schema);
    }

    /// <summary>Adds the columns of scores to the shapes of columns.</summary>
    /// <param name="inputSchema">The shapes of the columns before the detector.</param>
    /// <returns>These and those of scores.</returns>
    /// <exception cref="ArgumentException">A column that the detector looks at is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        string[] names = [.. inputSchema.Select(column => column.Name)];
        foreach (string name in _source.ColumnNames)
        {
            if (!names.Contains(name))
                throw new ArgumentException($"There is no column '{name}'. The columns are: {string.Join(", ", names)}.", nameof(inputSchema));
        }

        // Shapes can only be had from ML.NET's own estimators.
        var transforms = new MLContext().Transforms;
        var scored = transforms.CustomMapping<NoColumns, PipelineScore>((_, _) => { }, contractName: null).GetOutputSchema(inputSchema);
        if (_source.HasPValues)
            scored = transforms.CopyColumns(ScoreColumns.PValue, PipelineColumns.PValue).GetOutputSchema(scored);
        return transforms.DropColumns(PipelineColumns.PValue).GetOutputSchema(scored);
    }
}
