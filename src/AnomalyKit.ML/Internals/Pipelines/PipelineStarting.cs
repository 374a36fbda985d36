using AnomalyKit.ML.Rows;
using Microsoft.ML.Transforms;

namespace AnomalyKit.ML.Pipelines;

/// <summary>The first step of a pipeline. ML.NET makes it anew when it loads one.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class PipelineStarting : CustomMappingFactory<NoColumns, PipelineStart>
{
    public const string Contract = "AnomalyKit.ML.Start/1";

    public override Action<NoColumns, PipelineStart> GetMapping() => Start;

    // ML.NET makes the row with the key in it.
    private static void Start(NoColumns nothing, PipelineStart start)
    {
    }
}
