using System.Buffers;
using AnomalyKit.Affine;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Carries the bulk of the data to the origin, with unit spread in every direction: y = Λ^(−½) Eᵀ D⁻¹ (x − μ).</summary>
/// <remarks>
/// μ is the location, D holds the columns' scales, E and Λ the eigenvectors and eigenvalues of the correlation between the columns. Euclidean distances between images are
/// Mahalanobis distances between rows (with all components; with fewer, within them). Computed in double and rounded to float32 once.
/// Where all training rows keep exact linear relations between columns, one further output column says how far a row breaks them: it is 0 for all rows that keep them.
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
    private readonly IAffineKernel _kernel = AffineKernels.Resolve();
    private readonly Lazy<WhiteningBack> _back;

    /// <summary>Sets the parameters.</summary>
    /// <param name="location">μ: one finite number per column.</param>
    /// <param name="scales">One finite number above zero a column; or 0 for a column that is ignored.</param>
    /// <param name="eigenvectors">One row of as many numbers as there are columns for each output.</param>
    /// <param name="eigenvalues">One finite number above zero an output.</param>
    /// <param name="relations">The exact relations between the columns; where there is one or more, a further output column says how far a row breaks them. None by default.</param>
    /// <param name="findings">What was peculiar about the training rows; nothing by default.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together, or a number is out of range.</exception>
    public WhiteningTransform(
        ReadOnlySpan<double> location,
        ReadOnlySpan<double> scales,
        ReadOnlySpan<double> eigenvectors,
        ReadOnlySpan<double> eigenvalues,
        LinearRelations? relations = null,
        IReadOnlyList<DataFinding>? findings = null)
    {
        int columns = location.Length;
        if (columns == 0 || scales.Length != columns || eigenvalues.IsEmpty || eigenvectors.Length != (long)eigenvalues.Length * columns)
        {
            throw new ArgumentException(
                $"{location.Length} locations, {scales.Length} scales, {eigenvectors.Length} components of eigenvectors and {eigenvalues.Length} eigenvalues do not match.",
                nameof(location));
        }

        if (relations is not null && relations.ColumnCount != columns)
            throw new ArgumentException($"The relations are between {relations.ColumnCount} columns; there are {columns}.", nameof(relations));
        Relations = relations ?? new LinearRelations(columns);
        Findings = findings ?? [];
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
        _back = new Lazy<WhiteningBack>(() => new WhiteningBack(this, _kernel));
    }

    /// <summary>How this transform is read from model files, for a <see cref="ModelCatalog"/>.</summary>
    public static TransformFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int InputColumns => _location.Length;

    /// <inheritdoc/>
    public override int OutputColumns => _eigenvalues.Length + (Relations.Count > 0 ? 1 : 0);

    /// <inheritdoc/>
    /// <value>True where the eigenvectors are orthonormal, as fitted ones are.</value>
    public override bool CarriesBack => _back.Value.IsSound;

    /// <inheritdoc/>
    public override IReadOnlyList<DataFinding> Findings { get; }

    /// <summary>The exact relations between the columns that all training rows keep; none as a rule. The last output column says how far a row breaks them.</summary>
    public LinearRelations Relations { get; }

    /// <summary>The robust center, one number per column.</summary>
    public ReadOnlySpan<double> Location => _location;

    /// <summary>The robust standard deviation of each column; 0 for a column that is ignored.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    /// <summary>Unit eigenvectors of the robust correlation, one row a component.</summary>
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
            int components = _eigenvalues.Length;
            fixed (float* source = rows)
            fixed (double* working = buffer)
            {
                for (int start = 0; start < count; start += TileRows)
                {
                    int taken = Math.Min(TileRows, count - start);
                    _kernel.Map(_map, source + ((long)start * InputColumns), taken, working, working + images);
                    for (int row = 0; row < taken; row++)
                    {
                        var target = destination.Slice((start + row) * outputs, components);
                        double* image = working + (row * _map.Stride);
                        for (int i = 0; i < target.Length; i++)
                            target[i] = (float)Math.Clamp(image[i], -float.MaxValue, float.MaxValue);
                    }
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(buffer);
        }

        if (Relations.Count > 0)
            ApplyRelations(rows, destination);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Column j gets (W⁺δ)ⱼ (Wᵀm)ⱼ with W = Λ^(−½) Eᵀ D⁻¹ and W⁺ = D E Λ^½. A column that exact relations tie to others shares with them: copies of a column get the same. What the last
    /// output says about broken relations goes to their columns: to relations in proportion to squared distances, within a relation in proportion to the square of how many standard deviations each
    /// column lies from its center.
    /// </remarks>
    public override void CarryBack(ReadOnlySpan<float> row, ReadOnlySpan<double> differences, ReadOnlySpan<double> multipliers, Span<double> contributions) =>
        CarryBackAll(row, differences, multipliers, contributions);

    /// <inheritdoc/>
    public override void CarryBackAll(ReadOnlySpan<float> row, ReadOnlySpan<double> differences, ReadOnlySpan<double> multipliers, Span<double> contributions)
    {
        if (!CarriesBack)
            throw new NotSupportedException($"The eigenvectors of this transform '{Kind}' are not orthonormal, so it does not carry contributions back to the columns of the data.");
        _back.Value.Add(row, differences, multipliers, contributions);
    }

    /// <inheritdoc/>
    public bool Equals(WhiteningTransform? other) => other is not null
        && _location.AsSpan().SequenceEqual(other._location) && _scales.AsSpan().SequenceEqual(other._scales)
        && _eigenvectors.AsSpan().SequenceEqual(other._eigenvectors) && _eigenvalues.AsSpan().SequenceEqual(other._eigenvalues)
        && Relations.Equals(other.Relations);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WhiteningTransform);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_location.Length, _eigenvalues.Length, _location[0], _eigenvalues[0]);

    /// <inheritdoc/>
    protected internal override void WriteTo(ModelWriter writer)
    {
        writer.Add("location", _location.AsMemory());
        writer.Add("scales", _scales.AsMemory());
        writer.Add("eigenvectors", _eigenvectors.AsMemory(), _eigenvalues.Length, InputColumns);
        writer.Add("eigenvalues", _eigenvalues.AsMemory());
        Relations.WriteTo(writer.Scope("relations"));
        if (Findings.Count > 0)
            DataFinding.Write(writer.Scope("findings"), Findings);
    }

    internal static WhiteningTransform Read(ModelReader reader)
    {
        double[] location = reader.GetDoubles("location", -1);
        double[] eigenvalues = reader.GetDoubles("eigenvalues", -1);
        if (location.Length == 0)
            throw ModelReader.FormatError("its transform has no columns");
        var findings = reader.Scope("findings");
        return new WhiteningTransform(
            location,
            reader.GetDoubles("scales", location.Length),
            reader.GetDoubles("eigenvectors", eigenvalues.Length, location.Length),
            eigenvalues,
            LinearRelations.Read(reader.Scope("relations"), location.Length),
            findings.TryGetString("count", out _) ? DataFinding.Read(findings, location.Length) : []);
    }

    private void ApplyRelations(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int outputs = OutputColumns;
        int count = rows.Length / InputColumns;
        for (int row = 0; row < count; row++)
        {
            double distance = Math.Sqrt(Relations.SquaredDistance(rows.Slice(row * InputColumns, InputColumns)));
            destination[(row * outputs) + outputs - 1] = (float)Math.Min(distance, float.MaxValue);
        }
    }
}
