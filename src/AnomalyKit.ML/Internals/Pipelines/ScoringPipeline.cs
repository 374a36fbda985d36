using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace AnomalyKit.ML.Pipelines;

/// <summary>Scoring as a chain of ML.NET's own transformers: row by row, and such that ML.NET can save it.</summary>
internal static class ScoringPipeline
{
    /// <summary>A chain that scores by a detector in memory.</summary>
    public static TransformerChain<ITransformer> InMemory(DetectorInput input, DataViewSchema schema)
    {
        PipelineColumns.ThrowIfTaken(schema);
        var columns = input.Gather(schema);
        void Score(PipelineRow row, PipelineScore result) => input.Describe(input.Score(row, columns.Form), result);
        return Make(input, columns, schema, [context => context.Transforms.CustomMapping<PipelineRow, PipelineScore>(Score, contractName: null)], carrier: []);
    }

    /// <summary>A chain that carries the detector with it.</summary>
    /// <exception cref="InvalidOperationException">The detector cannot be carried.</exception>
    public static TransformerChain<ITransformer> Carried(DetectorInput input, DataViewSchema schema)
    {
        PipelineColumns.ThrowIfTaken(schema);
        var columns = input.Gather(schema);
        var models = new Dictionary<int, string> { [PipelineStart.ModelKey] = CarriedModel.Write(input, columns.Form) };
        return Make(
            input,
            columns,
            schema,
            [context => context.Transforms.CustomMapping(new CarriedScoring().GetMapping(), CarriedScoring.Contract)],
            [context => context.Transforms.Conversion.MapValue(PipelineColumns.Model, models, PipelineColumns.Key)]);
    }

    private static TransformerChain<ITransformer> Make(
        DetectorInput input,
        GatheredColumns columns,
        DataViewSchema schema,
        Func<MLContext, IEstimator<ITransformer>>[] scoring,
        Func<MLContext, IEstimator<ITransformer>>[] carrier)
    {
        string[] dropped =
        [
            PipelineColumns.Key, PipelineColumns.PValue, PipelineColumns.Features, PipelineColumns.Numbers, PipelineColumns.Words, PipelineColumns.Times, PipelineColumns.Instants,
            .. carrier.Length > 0 ? [PipelineColumns.Model] : Array.Empty<string>(),
            .. columns.Temporary,
        ];
        var context = new MLContext();
        IDataView view = new EmptyView(schema);
        var chain = new List<ITransformer>();
        Add(context => context.Transforms.CustomMapping(new PipelineStarting().GetMapping(), PipelineStarting.Contract));
        foreach (var step in (IEnumerable<Func<MLContext, IEstimator<ITransformer>>>)[.. carrier, .. columns.Steps, .. scoring])
            Add(step);
        if (input.HasPValues)
            Add(context => context.Transforms.CopyColumns(ScoreColumns.PValue, PipelineColumns.PValue));
        Add(context => context.Transforms.DropColumns(dropped));
        return new TransformerChain<ITransformer>([.. chain]);

        void Add(Func<MLContext, IEstimator<ITransformer>> step)
        {
            var transformer = step(context).Fit(view);
            view = transformer.Transform(view);
            chain.Add(transformer);
        }
    }
}
