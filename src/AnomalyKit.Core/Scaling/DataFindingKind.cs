namespace AnomalyKit;

/// <summary>What is peculiar about data that a detector or a transform was fitted on.</summary>
public enum DataFindingKind
{
    /// <summary>A column has the same value in every row. A row with another value is reported as far away.</summary>
    ConstantColumn = 0,

    /// <summary>A column is a linear combination of columns before it, up to the rounding of float32. A row that breaks this relation is reported as far away.</summary>
    CollinearColumn = 1,

    /// <summary>There are no more rows than columns: correlations were drawn towards zero, and all rows were used.</summary>
    FewRows = 2,

    /// <summary>Subsets of the smallest support fractions lay almost on a hyperplane, so a larger fraction was used.</summary>
    SupportRaised = 3,

    /// <summary>At least as many rows as the support has lie on a hyperplane. Their covariance was drawn towards that of all rows by the least that makes it usable.</summary>
    ExactFit = 4,

    /// <summary>There are too few rows for p-values to be calibrated.</summary>
    UncalibratedPValues = 5,

    /// <summary>There were more columns than the algorithm is meant for, so rows were projected onto fewer, random directions: see <see cref="FeatureScaling.Projected"/>.</summary>
    Projected = 6,
}
