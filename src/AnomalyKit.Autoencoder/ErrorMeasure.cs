namespace AnomalyKit;

/// <summary>How the reconstruction errors of a row's columns become its score.</summary>
public enum ErrorMeasure
{
    /// <summary>
    /// The mean squared error over the columns, in the units of the scaled rows. Columns that the network reproduces badly for every row drown the others.
    /// </summary>
    MeanSquare = 0,

    /// <summary>
    /// The squared Mahalanobis length of the errors over the number of columns, eᵀ S⁻¹ e / d: S says how large, and how correlated, the errors of ordinary
    /// rows are. It is estimated from the training rows without the worst-fitting twentieth of them, in concentration steps (P. J. Rousseeuw, K. Van Driessen,
    /// <i>A Fast Algorithm for the Minimum Covariance Determinant Estimator</i>, 1999). Ordinary rows score about 1. With more than 512 columns S is diagonal.
    /// </summary>
    Whitened = 1,
}
