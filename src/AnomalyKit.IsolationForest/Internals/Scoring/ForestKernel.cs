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
