using System.Runtime.Intrinsics;

namespace AnomalyKit.IsolationForest.Scoring;

/// <summary>The ways to score. All give the same bits; tests and benchmarks force each one.</summary>
internal enum ForestKernel
{
    /// <summary>The fastest for this machine and these trees.</summary>
    Auto,

    /// <summary><see cref="TreeWalker"/>.</summary>
    Walk,

    /// <summary><see cref="BitSlicedTrees{TBits}"/> over <see cref="Bits64"/>.</summary>
    Sliced64,

    /// <summary><see cref="BitSlicedTrees{TBits}"/> over <see cref="Bits128"/>.</summary>
    Sliced128,

    /// <summary><see cref="BitSlicedTrees{TBits}"/> over <see cref="Bits256"/>.</summary>
    Sliced256,

    /// <summary><see cref="BitSlicedTrees{TBits}"/> over <see cref="Bits512"/>.</summary>
    Sliced512,
}

/// <summary>Chooses kernels.</summary>
internal static class ForestKernels
{
    /// <summary>Forces a kernel by its name, for measurements: the scores are the same with all of them.</summary>
    public const string EnvironmentVariable = "ANOMALYKIT_FOREST_KERNEL";

    public static ForestKernel Resolve(ForestKernel wanted)
    {
        if (wanted == ForestKernel.Auto && Enum.TryParse(Environment.GetEnvironmentVariable(EnvironmentVariable), ignoreCase: true, out ForestKernel forced))
            wanted = forced;
        return wanted != ForestKernel.Auto ? wanted
            : Vector512.IsHardwareAccelerated ? ForestKernel.Sliced512
            : Vector256.IsHardwareAccelerated ? ForestKernel.Sliced256
            : Vector128.IsHardwareAccelerated ? ForestKernel.Sliced128
            : ForestKernel.Sliced64;
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
