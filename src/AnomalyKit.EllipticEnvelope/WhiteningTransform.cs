using System.Buffers;
using AnomalyKit.EllipticEnvelope.Kernels;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Carries the bulk of the data to the origin, with unit spread in every direction: y = Λ^(−½) Eᵀ D⁻¹ (x − μ).</summary>
/// <remarks>
/// μ is the location, D holds the columns' scales, E and Λ the eigenvectors and eigenvalues of the correlation between the columns. Euclidean distances between images are
/// Mahalanobis distances between rows (with all components; with fewer, within them). Computed in double and rounded to float32 once.
/// </remarks>
public sealed unsafe class WhiteningTransform : FeatureTransform, IEquatable<WhiteningTransform>
{
    internal const string KindName = "robust-whitening";

    private const int TileRows = 64;

    private readonly double[] _location;
    private readonly double[] _scales;
    private readonly double[] _eigenvectors;
    private readonly double[] _eigenvalues;
    private readonly AffineMap _map;
    private readonly IRowKernel _kernel = EnvelopeKernels.Resolve();

    /// <summary>Sets the parameters.</summary>
    /// <param name="location">μ: one finite number a column.</param>
    /// <param name="scales">One finite number above zero a column; or 0 for a column that is ignored.</param>
    /// <param name="eigenvectors">One row of as many numbers as there are columns for each output.</param>
    /// <param name="eigenvalues">One finite number above zero an output.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is out of range.</exception>
    public WhiteningTransform(
        ReadOnlySpan<double> location, ReadOnlySpan<double> scales, ReadOnlySpan<double> eigenvectors, ReadOnlySpan<double> eigenvalues)
    {
        int columns = location.Length;
        if (columns == 0 || scales.Length != columns || eigenvalues.IsEmpty || eigenvectors.Length != (long)eigenvalues.Length * columns)
        {
            throw new ArgumentException(
                $"{location.Length} locations, {scales.Length} scales, {eigenvectors.Length} components of eigenvectors and {eigenvalues.Length} eigenvalues do not fit together.",
                nameof(location));
        }

        _location = location.ToArray();
        _scales = scales.ToArray();
        _eigenvectors = eigenvectors.ToArray();
        _eigenvalues = eigenvalues.ToArray();
        var matrix = new double[_eigenvectors.Length];
        for (int i = 0; i < _eigenvalues.Length; i++)
        {
            double factor = 1 / Math.Sqrt(_eigenvalues[i]);
            for (int j = 0; j < columns; j++)
            {
                double weight = _scales[j] == 0 ? 0 : _eigenvectors[(i * columns) + j] * factor / _scales[j];
                if (!double.IsFinite(weight) || !(_scales[j] >= 0) || !double.IsFinite(_location[j]) || !(factor > 0))
                {
                    throw new ArgumentException(
                        FormattableString.Invariant($"Component {i} of column {j} has location {_location[j]}, scale {_scales[j]} and eigenvalue {_eigenvalues[i]}; all must be finite, scales at least 0 and eigenvalues above 0."),
                        nameof(eigenvalues));
                }

                matrix[(i * columns) + j] = weight;
            }
        }

        _map = new AffineMap(_location, matrix, _eigenvalues.Length);
    }

    /// <summary>How this transform is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static TransformFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int InputColumns => _location.Length;

    /// <inheritdoc/>
    public override int OutputColumns => _eigenvalues.Length;

    /// <summary>The robust center, one number a column.</summary>
    public ReadOnlySpan<double> Location => _location;

    /// <summary>The robust standard deviation of each column; 0 for a column that is ignored.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    /// <summary>Unit eigenvectors of the robust correlation, one row an output.</summary>
    public ReadOnlySpan<double> Eigenvectors => _eigenvectors;

    /// <summary>The eigenvalues of the robust correlation, largest first.</summary>
    public ReadOnlySpan<double> Eigenvalues => _eigenvalues;

    /// <inheritdoc/>
    public override void Apply(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int images = TileRows * _map.Stride;
        double[] buffer = ArrayPool<double>.Shared.Rent(images + (4 * _map.InputStride));
        try
        {
            int count = rows.Length / InputColumns;
            int outputs = OutputColumns;
            fixed (float* source = rows)
            fixed (double* working = buffer)
            {
                for (int start = 0; start < count; start += TileRows)
                {
                    int taken = Math.Min(TileRows, count - start);
                    _kernel.Map(_map, source + ((long)start * InputColumns), taken, working, working + images);
                    for (int row = 0; row < taken; row++)
                    {
                        var target = destination.Slice((start + row) * outputs, outputs);
                        for (int i = 0; i < outputs; i++)
                            target[i] = (float)Math.Clamp(working[(row * _map.Stride) + i], -float.MaxValue, float.MaxValue);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public bool Equals(WhiteningTransform? other) => other is not null
        && _location.AsSpan().SequenceEqual(other._location) && _scales.AsSpan().SequenceEqual(other._scales)
        && _eigenvectors.AsSpan().SequenceEqual(other._eigenvectors) && _eigenvalues.AsSpan().SequenceEqual(other._eigenvalues);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WhiteningTransform);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_location.Length, _eigenvalues.Length, _location[0], _eigenvalues[0]);

    /// <inheritdoc/>
    protected override void WriteTo(ModelWriter writer)
    {
        writer.Add("location", _location.AsMemory());
        writer.Add("scales", _scales.AsMemory());
        writer.Add("eigenvectors", _eigenvectors.AsMemory(), OutputColumns, InputColumns);
        writer.Add("eigenvalues", _eigenvalues.AsMemory());
    }

    private static WhiteningTransform Read(ModelReader reader)
    {
        double[] location = reader.GetDoubles("location", -1);
        double[] eigenvalues = reader.GetDoubles("eigenvalues", -1);
        return new WhiteningTransform(
            location,
            reader.GetDoubles("scales", location.Length),
            reader.GetDoubles("eigenvectors", eigenvalues.Length, location.Length),
            eigenvalues);
    }
}
