using AnomalyKit.Numerics;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>Chooses kernels.</summary>
internal static class ForestKernels
{
    /// <summary>Forces a kernel by its name, for measurements: the scores are the same with all of them.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_FOREST_KERNEL";

    public static ForestKernel Resolve(ForestKernel wanted)
    {
        if (wanted == ForestKernel.Auto)
            wanted = VectorWidths.Named<ForestKernel>(EnvironmentVariable);
        return wanted != ForestKernel.Auto ? wanted : VectorWidths.MaxSupported switch
        {
            VectorWidth.Scalar => ForestKernel.Sliced64,
            VectorWidth.Lanes128 => ForestKernel.Sliced128,
            VectorWidth.Lanes512 => ForestKernel.Sliced512,
            _ => ForestKernel.Sliced256,
        };
    }

    /// <summary>The rows that a kernel takes at once: one a bit of its vectors.</summary>
    public static int RowsPerTile(ForestKernel kernel) => kernel switch
    {
        ForestKernel.Sliced64 => 64,
        ForestKernel.Sliced128 => 128,
        ForestKernel.Sliced512 => 512,
        _ => 256,
    };

    public static IBitSlicedTrees Slice(ForestKernel kernel, IsolationForestModel model, float[] thresholds, TreeGroups.Group group, int[] slots) => kernel switch
    {
        ForestKernel.Sliced64 => new BitSlicedTrees<Bits64>(model, thresholds, group, slots),
        ForestKernel.Sliced128 => new BitSlicedTrees<Bits128>(model, thresholds, group, slots),
        ForestKernel.Sliced512 => new BitSlicedTrees<Bits512>(model, thresholds, group, slots),
        _ => new BitSlicedTrees<Bits256>(model, thresholds, group, slots),
    };
}
