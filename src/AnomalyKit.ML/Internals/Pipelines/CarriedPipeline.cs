using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace AnomalyKit.ML.Pipelines;

/// <summary>Finds the detector in the steps that one was saved as.</summary>
internal static class CarriedPipeline
{
    /// <param name="steps">The steps; behind those of the detector others may follow.</param>
    /// <param name="count">How many of them are the detector's.</param>
    /// <returns>The detector; null if the steps hold no saved detector.</returns>
    public static DetectorInput? TryRead(ITransformer[] steps, out int count)
    {
        // Its last step is the only one that drops columns.
        count = Array.FindIndex(steps, step => step is ColumnSelectingTransformer) + 1;
        if (count == 0 || steps is not [CustomMappingTransformer<NoColumns, PipelineStart>, ValueMappingTransformer models, ..])
            return null;
        // The step says what it holds when it is given a row with the key.
        var row = models.Transform(new MLContext().Data.LoadFromEnumerable<PipelineStart>([new()]));
        return CarriedModel.Read(row.GetColumn<ReadOnlyMemory<char>>(PipelineColumns.Model).Single()).Input;
    }
}
