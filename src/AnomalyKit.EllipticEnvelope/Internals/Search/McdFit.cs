namespace AnomalyKit.EllipticEnvelope;

/// <summary>What the estimator found.</summary>
internal sealed record McdFit
{
    public required ClassicalEstimate Classical { get; init; }

    /// <summary>What all rows keep: constant and collinear columns.</summary>
    public required LinearRelations Relations { get; init; }

    /// <summary>Location and covariance, before the consistency factor.</summary>
    public required Ellipsoid Ellipsoid { get; init; }

    /// <summary>The factor that makes the covariance estimate that of normal data.</summary>
    public required double Correction { get; init; }

    /// <summary>What scores of new normal rows follow.</summary>
    public required ScoreLaw Law { get; init; }

    /// <summary>The rows of the subset; with reweighting, those that the reweighted estimate is made of.</summary>
    public required bool[] Support { get; init; }

    /// <summary>n: how many rows there are, as they count by their weights.</summary>
    public required int RowCount { get; init; }

    /// <summary>Whether rows have weights: <see cref="Support"/> is of rows, <see cref="RowCount"/> and <see cref="SubsetSize"/> of their copies.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>h: rows of the concentrated subset.</summary>
    public required int SubsetSize { get; init; }

    /// <summary>The objective: the log determinant of the concentrated subset's covariance.</summary>
    public required double LogDeterminant { get; init; }

    /// <summary>ρ of the concentrated subset's covariance.</summary>
    public required double Shrinkage { get; init; }

    /// <summary>The dimension of the subspace that the subset lies on.</summary>
    public required int Dimension { get; init; }

    /// <summary>The objective after each of the last concentration's steps.</summary>
    public required IReadOnlyList<double> Objectives { get; init; }

    /// <summary>The support fractions that were passed over, because their subsets all but lay on a hyperplane.</summary>
    public IReadOnlyList<double> PassedOver { get; init; } = [];

    /// <summary>The ellipsoid of the last of these subsets; nothing where none was passed over.</summary>
    public Ellipsoid? PassedOverEllipsoid { get; init; }
}
