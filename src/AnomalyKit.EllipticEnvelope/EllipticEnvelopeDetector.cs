using AnomalyKit.EllipticEnvelope;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted elliptic envelope. Its score is the squared robust Mahalanobis distance (x − μ)ᵀ Σ⁻¹ (x − μ).</summary>
/// <remarks>
/// <para>
/// P. J. Rousseeuw, <i>Multivariate Estimation with High Breakdown Point</i>, 1985. Scores lie in [0, ∞); on many rows of normal data they follow a χ² distribution with
/// <see cref="Dimensions"/> degrees of freedom, on few rows a heavier one; <see cref="PValue"/> reads them by it. Distances are computed in double from float32 cells; all vector
/// widths give the same bits.
/// </para>
/// <para>Location and covariance are in the units of the rows as the model sees them, after the scaling. Immutable and safe for any number of threads.</para>
/// </remarks>
public sealed class EllipticEnvelopeDetector : AnomalyDetector<EllipticEnvelopeDetector>, IDetectorKind<EllipticEnvelopeDetector>
{
    private readonly EllipticEnvelopeModel _model;

    internal EllipticEnvelopeDetector(DetectorFrame frame, EllipticEnvelopeModel model, VectorWidth kernel = VectorWidth.Auto)
        : this(frame, new FittedEnvelope(frame.Transform, model, kernel))
    {
    }

    private EllipticEnvelopeDetector(DetectorFrame frame, FittedEnvelope fitted)
        : base(frame, fitted) => _model = fitted.Model;

    static string IDetectorKind<EllipticEnvelopeDetector>.Kind => FittedEnvelope.KindName;

    /// <summary>The columns that distances are made of: the degrees of freedom of the scores.</summary>
    public int Dimensions => _model.Rank;

    /// <summary>The robust center μ, one number per column.</summary>
    public ReadOnlySpan<double> Location => _model.Location;

    /// <summary>The logarithm of the determinant of the concentrated rows' covariance: what was minimised. Before the consistency correction, after shrinkage.</summary>
    public double LogDeterminant => _model.LogDeterminant;

    /// <summary>ρ, how far the covariance was drawn towards that of all rows (or, with fewer rows than columns, correlations towards zero) to be invertible; 0 as a rule.</summary>
    public double Shrinkage => _model.Shrinkage;

    /// <summary>The number of rows that were concentrated on, h. Of rows with weights those of <see cref="Support"/>, however often they count.</summary>
    public int SupportRows => _model.SubsetSize;

    /// <summary>For each training row, whether it contributes to the location and covariance, at least in part. Rows of weight 0 are not training rows.</summary>
    public ReadOnlySpan<bool> Support => _model.Support;

    /// <summary>What was peculiar about the training rows, and what was done about it; empty as a rule.</summary>
    public IReadOnlyList<DataFinding> Findings => _model.Findings;

    /// <summary>The exact relations between columns that all training rows keep (constant and collinear columns); none as a rule. A row that breaks them is that much farther away.</summary>
    public LinearRelations Relations => _model.Relations;

    internal EllipticEnvelopeModel Model => _model;

    /// <summary>The covariance Σ, made consistent for normal data.</summary>
    /// <returns>A new symmetric matrix over all columns; zeros where a column takes no part.</returns>
    public double[,] Covariance()
    {
        var covariance = new double[_model.Location.Length, _model.Location.Length];
        for (int i = 0; i < _model.Rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = 0; k <= j; k++)
                    sum += _model.Factor[(i * _model.Rank) + k] * _model.Factor[(j * _model.Rank) + k];
                covariance[_model.Columns[i], _model.Columns[j]] = sum;
                covariance[_model.Columns[j], _model.Columns[i]] = sum;
            }
        }

        return covariance;
    }

    /// <summary>The inverse of the covariance, Σ⁻¹.</summary>
    /// <returns>A new symmetric matrix over all columns; zeros where a column takes no part.</returns>
    public double[,] Precision()
    {
        int rank = _model.Rank;
        double[] inverse = Cholesky.Invert(_model.Factor, rank, rank);
        var precision = new double[_model.Location.Length, _model.Location.Length];
        for (int i = 0; i < rank; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = i; k < rank; k++)
                    sum += inverse[(k * rank) + i] * inverse[(k * rank) + j];
                precision[_model.Columns[i], _model.Columns[j]] = sum;
                precision[_model.Columns[j], _model.Columns[i]] = sum;
            }
        }

        return precision;
    }

    /// <summary>How likely a new row of normal data is to score higher.</summary>
    /// <param name="score">A score of this detector.</param>
    /// <returns>A probability, exact to relative precision far out in the tail; where no column varies in the training rows, 1 for a score of 0 and 0 for any other.</returns>
    /// <remarks>
    /// By the F distribution of robust distances (Hardin and Rocke 2005), which allows for few rows per column; with many rows it is the χ² distribution. A finding of
    /// kind <see cref="DataFindingKind.UncalibratedPValues"/> says where there are too few rows even for that. Models of version 0.1.0 keep the χ² distribution.
    /// </remarks>
    public double PValue(float score) => _model.Law.UpperTail(score);

    /// <summary>How far each cell of a row lies from what the row's other cells lead one to expect: which cells, rather than whether the row, are unusual.</summary>
    /// <param name="row">One value per column, in the order of the schema.</param>
    /// <returns>
    /// One number for each column as the model sees them after the scaling: [P (x − μ)]ⱼ / √Pⱼⱼ with P = Σ⁻¹. It is the cell's deviation from its conditional mean, given all other cells, in
    /// conditional standard deviations: above 0 where the cell is higher than expected. On normal data it is a standard normal number. A column that takes no part in Σ, constant or tied to others by
    /// an exact relation, has its distance from that relation instead: 0 for rows that keep it.
    /// </returns>
    /// <remarks>
    /// P. J. Rousseeuw, W. Van den Bossche, <i>Detecting Deviating Data Cells</i>, Technometrics 60, 2018; J. Raymaekers, P. J. Rousseeuw, <i>Handling Cellwise Outliers by Sparse Regression and Robust Covariance</i>,
    /// Journal of Data Science, Statistics, and Visualisation 1, 2021. Where two cells of a row that depend on each other are both off, each misleads what is expected of the other; attributions
    /// (<see cref="AttributionExtensions"/>) share the score out instead.
    /// </remarks>
    /// <exception cref="ArgumentException">The row has another number of values.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite.</exception>
    public double[] CellOutlyingness(ReadOnlySpan<float> row)
    {
        ThrowIfNotOneRow(row.Length, nameof(row));
        return CellOutlyingness(EncodedRows.Encode(row, Schema, new float[row.Length]));
    }

    /// <inheritdoc cref="CellOutlyingness(ReadOnlySpan{float})"/>
    public double[] CellOutlyingness(ReadOnlySpan<double> row)
    {
        ThrowIfNotOneRow(row.Length, nameof(row));
        return CellOutlyingness(EncodedRows.Encode(row, Schema, new float[row.Length]));
    }

    static EllipticEnvelopeDetector IDetectorKind<EllipticEnvelopeDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedEnvelope)model);

    static DetectorModel IDetectorKind<EllipticEnvelopeDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new FittedEnvelope(frame.Transform, EllipticEnvelopeModel.Read(reader, frame.Transform.OutputColumns));

    private double[] CellOutlyingness(EncodedRows row)
    {
        var image = new float[Transform.OutputColumns];
        Transform.Apply(row.Cells, image);
        return CellResiduals.Of(_model, image);
    }

    private void ThrowIfNotOneRow(int values, string parameter)
    {
        if (values != Schema.ColumnCount)
            throw new ArgumentException($"The row has {values} values, but there are {Schema.ColumnCount} columns: {Schema}.", parameter);
    }
}
