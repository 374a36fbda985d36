using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Pipelines;
using AnomalyKit.Persistence;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit;

/// <summary>Detectors that were fitted outside of ML.NET as transformers of its pipelines.</summary>
public static class AnomalyDetectionCatalogExtensions
{
    private const string Features = "Features";

    /// <summary>Loads a model file of AnomalyKit (<c>.akm</c>) as a transformer. Runs no code from it and checks every length before it allocates.</summary>
    /// <param name="catalog">The catalog of a context.</param>
    /// <param name="path">The file.</param>
    /// <param name="featureColumnName">The column of vectors that a detector of matrices looks at; null (the default) for columns that are found by the names that the detector knows.</param>
    /// <returns>A transformer, ready to score and to be saved with a pipeline.</returns>
    /// <exception cref="ModelFormatException">The file is cut, corrupt, of an unknown kind, or of a newer format; or a column of vectors is named for a detector of tables.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DetectorTransformer LoadDetector(this AnomalyDetectionCatalog catalog, string path, string? featureColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var source = File.OpenRead(path);
        return catalog.LoadDetector(source, featureColumnName);
    }

    /// <summary>Loads a model file of AnomalyKit from a stream as a transformer.</summary>
    /// <param name="catalog">The catalog of a context.</param>
    /// <param name="source">A readable stream, from its present position to its end; it stays open.</param>
    /// <param name="featureColumnName">The column of vectors that a detector of matrices looks at; null (the default) for columns that are found by the names that the detector knows.</param>
    /// <returns>A transformer, ready to score and to be saved with a pipeline.</returns>
    /// <exception cref="ModelFormatException">The content is cut, corrupt, of an unknown kind, or of a newer format; or a column of vectors is named for a detector of tables.</exception>
    public static DetectorTransformer LoadDetector(this AnomalyDetectionCatalog catalog, Stream source, string? featureColumnName = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(source);
        DetectorInput input = featureColumnName is null
            ? new TableInput(TableDetector.LoadAny(source, FeedbackFile.Catalog))
            : new VectorInput(FeedbackFile.Catalog.Load(source), featureColumnName);
        return new DetectorTransformer(input, schema: null);
    }

    /// <summary>
    /// Makes the detectors of a pipeline that <c>mlContext.Model.Load</c> gave what they were before they were saved: they score data in blocks of rows, many times as fast as the loaded steps, and can be looked at.
    /// </summary>
    /// <param name="catalog">The catalog of a context.</param>
    /// <param name="model">A loaded pipeline.</param>
    /// <returns>The steps for scoring, with a <see cref="DetectorTransformer"/> where one was saved. Scores are the same to the bit.</returns>
    /// <exception cref="ArgumentException">The pipeline holds no detector of AnomalyKit.</exception>
    /// <exception cref="ModelFormatException">A detector in it is damaged.</exception>
    public static TransformerChain<ITransformer> RestoreDetectors(this AnomalyDetectionCatalog catalog, ITransformer model)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(model);
        bool isFound = false;
        var restored = Restore(model, ref isFound);
        if (!isFound)
            throw new ArgumentException("The pipeline holds no detector of AnomalyKit that was saved with it. Use the model as it is.", nameof(model));
        return restored as TransformerChain<ITransformer> ?? new TransformerChain<ITransformer>(restored);
    }

    /// <summary>A detector of matrices as a transformer.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="featureColumnName">The column of vectors: Single, of as many values as the detector has columns.</param>
    /// <returns>A transformer, ready to score and to be saved with a pipeline.</returns>
    public static DetectorTransformer ToTransformer(this IAnomalyDetector detector, string featureColumnName = Features)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        return new DetectorTransformer(new VectorInput(detector, featureColumnName), schema: null);
    }

    /// <summary>A detector of tables as a transformer. It finds its columns by name.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="inputSchema">
    /// The columns of the data, if the transformer is to be saved and categories are keys or numbers there, or times have an offset; null (the default) to save it for text and <see cref="DateTime"/>.
    /// </param>
    /// <returns>A transformer, ready to score and to be saved with a pipeline.</returns>
    /// <exception cref="TableDataException">A column is missing or of a type that cannot be used.</exception>
    public static DetectorTransformer ToTransformer(this TableDetector detector, DataViewSchema? inputSchema = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return new DetectorTransformer(new TableInput(detector), inputSchema);
    }

    private static ITransformer Restore(ITransformer model, ref bool isFound)
    {
        if (model is not TransformerChain<ITransformer> chain)
            return model;
        ITransformer[] steps = [.. chain.GetModelFor(TransformerScope.Scoring)];
        var restored = new List<ITransformer>();
        if (CarriedPipeline.TryRead(steps, out int count) is { } input)
        {
            isFound = true;
            restored.Add(new DetectorTransformer(input, new TransformerChain<ITransformer>(steps[..count])));
            steps = steps[count..];
            if (steps.Length == 0)
                return restored[0];
        }

        foreach (var step in steps)
            restored.Add(Restore(step, ref isFound));
        return new TransformerChain<ITransformer>([.. restored]);
    }
}
