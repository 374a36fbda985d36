using AnomalyKit.IsolationForest.Scoring;

namespace AnomalyKit.IsolationForest.Attribution;

/// <summary>A tree, and what is known where a column is not.</summary>
internal readonly unsafe struct PathTreeInput
{
    /// <summary>The splits.</summary>
    public required PathNode* Nodes { get; init; }

    public required int Count { get; init; }

    /// <summary>How many have a split below.</summary>
    public required int Inner { get; init; }

    /// <summary>The levels of category splits that go right; null where no split is by a category.</summary>
    public required LevelSets? Levels { get; init; }

    /// <summary>For each split, the part that goes left where its column is not known: its part of the sample, or that of a background row.</summary>
    public required double* LeftShares { get; init; }

    /// <summary>For each split, the product of these parts over the branches above it that split the same group.</summary>
    public required double* Reaches { get; init; }

    /// <summary>Rows of eight coefficients; see <see cref="Shares"/>. The first row begins with the four points of the quadrature.</summary>
    public required double* Coefficients { get; init; }

    /// <summary>The four weights, with sign and scale.</summary>
    public required double* Weights { get; init; }
}
