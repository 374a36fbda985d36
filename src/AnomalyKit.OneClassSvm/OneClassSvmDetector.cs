using AnomalyKit.Numerics;
using AnomalyKit.OneClassSvm;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted one-class SVM. Its score is (ρ − Σ αᵢ K(xᵢ, x)) / Σ αᵢ: negative inside the boundary, positive outside.</summary>
/// <remarks>
/// <para>
/// B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson, <i>Estimating the Support of a High-Dimensional Distribution</i>, Neural Computation 13,
/// 2001. The coefficients of the score sum up to 1, as in that paper, so that scores do not grow with the number of training rows; LIBSVM's coefficients
/// sum up to νn, and its decision value is −νn times the score. With the radial kernel scores lie in [−1, 1].
/// </para>
/// <para>
/// Kernel values are computed in float32 and summed in double, in a fixed order: all vector widths give the same bits. Immutable and safe for any number of threads.
/// </para>
/// </remarks>
public sealed class OneClassSvmDetector : AnomalyDetector<OneClassSvmDetector>, IDetectorKind<OneClassSvmDetector>
{
    private readonly OneClassSvmModel _model;

    internal OneClassSvmDetector(DetectorFrame frame, OneClassSvmModel model, VectorWidth width = VectorWidth.Auto)
        : this(frame, new FittedSvm(frame.Transform, model, width))
    {
    }

    private OneClassSvmDetector(DetectorFrame frame, FittedSvm fitted)
        : base(frame, fitted) => _model = fitted.Model;

    static string IDetectorKind<OneClassSvmDetector>.Kind => FittedSvm.KindName;

    /// <summary>The number of support vectors.</summary>
    public int SupportVectorCount => _model.Coefficients.Length;

    /// <summary>The support vectors, row-major, in the units of the rows as the model sees them, after the scaling.</summary>
    public ReadOnlySpan<float> SupportVectors => _model.SupportVectors;

    /// <summary>The training rows that the support vectors are; empty where they are landmarks of the approximation.</summary>
    public ReadOnlySpan<int> SupportVectorRows => _model.SupportRows;

    /// <summary>One coefficient α per support vector, in LIBSVM's scaling: above 0, at most 1 (with weights, at most the weight of the row), summing up to <see cref="CoefficientSum"/>. The approximation's may be any number.</summary>
    public ReadOnlySpan<double> Coefficients => _model.Coefficients;

    /// <summary>νn, what the coefficients of an exact fit sum up to; with weights, ν times their sum.</summary>
    public double CoefficientSum => _model.Summary.CoefficientSum;

    /// <summary>The boundary ρ, in the units of Σ αᵢ K(xᵢ, x).</summary>
    public double Rho => _model.Summary.Rho;

    /// <summary>½ αᵀKα, what was minimised; the approximation's, by the approximate kernel.</summary>
    public double Objective => _model.Summary.Objective;

    /// <summary>The kernel, its γ as it was found.</summary>
    public SvmKernel Kernel => _model.Function switch
    {
        { Kind: SvmKernelKind.Linear } => SvmKernel.Linear(),
        { Kind: SvmKernelKind.Polynomial } function => SvmKernel.Polynomial(function.Degree, function.Gamma, function.Coef0),
        { Kind: SvmKernelKind.Sigmoid } function => SvmKernel.Sigmoid(function.Gamma, function.Coef0),
        var function => SvmKernel.Rbf(function.Gamma),
    };

    /// <summary>The kernel's γ as a number, as it was found; 1 for the linear kernel.</summary>
    public double Gamma => _model.Function.Gamma;

    /// <summary>
    /// Whether the optimality conditions were met within the tolerance. Not so where the limit of iterations was reached, or where kernel values leave too few digits to
    /// come closer.
    /// </summary>
    public bool Converged => _model.Summary.Converged;

    /// <summary>
    /// The violation of the Karush-Kuhn-Tucker conditions over all training rows that was reached: the greatest gradient among coefficients above 0 minus the least
    /// among those below 1, or 0. It is proportional to <see cref="CoefficientSum"/> where that is at most 1.
    /// </summary>
    public double KktViolation => _model.Summary.Violation;

    /// <summary>The pairs of coefficients that were changed, those that the start point took among parts of the rows included.</summary>
    public long IterationCount => _model.Summary.Steps;

    /// <summary>Whether the model is an approximation: see <see cref="OneClassSvmTrainer.Approximation"/>.</summary>
    public bool IsApproximate => _model.IsApproximate;

    internal OneClassSvmModel Model => _model;

    static OneClassSvmDetector IDetectorKind<OneClassSvmDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedSvm)model);

    static DetectorModel IDetectorKind<OneClassSvmDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        new FittedSvm(frame.Transform, OneClassSvmModel.Read(reader, frame.Transform.OutputColumns));
}
