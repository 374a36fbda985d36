using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>Scales each column by itself: (x − center) / scale.</summary>
/// <remarks>
/// Computed in double and rounded to float32 once; results beyond float32's range become ±<see cref="float.MaxValue"/>. Within a column the map never
/// decreases, so it may be folded into anything that only compares.
/// </remarks>
public sealed class ColumnScaling : FeatureTransform, IEquatable<ColumnScaling>
{
    internal const string KindName = "column-scaling";

    private readonly double[] _centers;
    private readonly double[] _scales;
    private readonly double[] _factors;

    /// <summary>Sets centers and scales.</summary>
    /// <param name="centers">One finite number per column, in the schema's cells.</param>
    /// <param name="scales">One finite number above zero a column.</param>
    /// <exception cref="ArgumentException">The counts differ or are zero, or a number is out of range.</exception>
    public ColumnScaling(ReadOnlySpan<double> centers, ReadOnlySpan<double> scales)
    {
        if (centers.IsEmpty || centers.Length != scales.Length)
            throw new ArgumentException($"There are {centers.Length} centers and {scales.Length} scales. Give one of each per column.", nameof(scales));
        _centers = centers.ToArray();
        _scales = scales.ToArray();
        _factors = new double[scales.Length];
        for (int i = 0; i < _factors.Length; i++)
        {
            _factors[i] = 1 / _scales[i];
            if (!double.IsFinite(_centers[i]) || !(_scales[i] > 0) || !double.IsFinite(_scales[i]) || !double.IsFinite(_factors[i]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"Column {i} has center {_centers[i]} and scale {_scales[i]}; both must be finite and the scale above zero."),
                    nameof(scales));
            }
        }
    }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int InputColumns => _centers.Length;

    /// <inheritdoc/>
    public override int OutputColumns => _centers.Length;

    /// <inheritdoc/>
    /// <value>True: a column's contribution is its own.</value>
    public override bool CarriesBack => true;

    /// <summary>What is subtracted from each column.</summary>
    public ReadOnlySpan<double> Centers => _centers;

    /// <summary>What each column is then divided by.</summary>
    public ReadOnlySpan<double> Scales => _scales;

    internal static ColumnScaling Read(ModelReader reader)
    {
        double[] centers = reader.GetDoubles("centers", -1);
        return new ColumnScaling(centers, reader.GetDoubles("scales", centers.Length));
    }

    /// <summary>Scales one cell.</summary>
    /// <param name="column">The zero-based column.</param>
    /// <param name="value">A finite cell.</param>
    /// <returns>The scaled cell.</returns>
    public float Apply(int column, float value) =>
        (float)Math.Clamp((value - _centers[column]) * _factors[column], -float.MaxValue, float.MaxValue);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The cells are not whole rows, do not fit into the destination, or overlap it.</exception>
    public override void Apply(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int columns = _centers.Length;
        if (rows.Length % columns != 0)
            throw new ArgumentException($"{rows.Length} cells do not form whole rows of {columns} columns.", nameof(rows));
        if (destination.Length < rows.Length)
            throw new ArgumentException($"Room for {destination.Length} cells; there are {rows.Length}.", nameof(destination));
        // The last vector of a row takes some of its cells a second time.
        if (rows.Overlaps(destination))
            throw new ArgumentException("The destination overlaps the rows.", nameof(destination));
        if (Vector512.IsHardwareAccelerated && columns >= Vector512<float>.Count)
            Apply512(rows, destination);
        else if (Vector256.IsHardwareAccelerated && columns >= Vector256<float>.Count)
            Apply256(rows, destination);
        else
            ApplyScalar(rows, destination);
    }

    /// <inheritdoc/>
    public bool Equals(ColumnScaling? other) =>
        other is not null && _centers.AsSpan().SequenceEqual(other._centers) && _scales.AsSpan().SequenceEqual(other._scales);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ColumnScaling);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_centers.Length, _centers[0], _scales[0]);

    /// <inheritdoc/>
    protected internal override void WriteTo(ModelWriter writer)
    {
        writer.Add("centers", _centers.AsMemory());
        writer.Add("scales", _scales.AsMemory());
    }

    private void ApplyScalar(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int columns = _centers.Length;
        for (int start = 0; start <= rows.Length - columns; start += columns)
        {
            for (int i = 0; i < columns; i++)
                destination[start + i] = Apply(i, rows[start + i]);
        }
    }

    private void Apply256(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int columns = _centers.Length;
        ref float row = ref MemoryMarshal.GetReference(rows);
        ref float target = ref MemoryMarshal.GetReference(destination);
        ref double centers = ref MemoryMarshal.GetArrayDataReference(_centers);
        ref double factors = ref MemoryMarshal.GetArrayDataReference(_factors);
        for (int start = 0; start <= rows.Length - columns; start += columns)
        {
            for (int column = 0; column < columns; column += Vector256<float>.Count)
            {
                // The last vector begins early where there are not enough columns left for it, and repeats some cells.
                int from = Math.Min(column, columns - Vector256<float>.Count);
                nuint at = (nuint)from;
                var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref row, (nuint)(start + from)));
                low = (low - Vector256.LoadUnsafe(ref centers, at)) * Vector256.LoadUnsafe(ref factors, at);
                high = (high - Vector256.LoadUnsafe(ref centers, at + 4)) * Vector256.LoadUnsafe(ref factors, at + 4);

                // What is beyond float32 is infinite now, so limiting the rounded number gives what limiting before would; NaN stays.
                var scaled = Vector256.MaxNative(Vector256.Create(float.MinValue), Vector256.Narrow(low, high));
                Vector256.MinNative(Vector256.Create(float.MaxValue), scaled).StoreUnsafe(ref target, (nuint)(start + from));
            }
        }
    }

    private void Apply512(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int columns = _centers.Length;
        ref float row = ref MemoryMarshal.GetReference(rows);
        ref float target = ref MemoryMarshal.GetReference(destination);
        ref double centers = ref MemoryMarshal.GetArrayDataReference(_centers);
        ref double factors = ref MemoryMarshal.GetArrayDataReference(_factors);
        for (int start = 0; start <= rows.Length - columns; start += columns)
        {
            for (int column = 0; column < columns; column += Vector512<float>.Count)
            {
                int from = Math.Min(column, columns - Vector512<float>.Count);
                nuint at = (nuint)from;
                var (low, high) = Vector512.Widen(Vector512.LoadUnsafe(ref row, (nuint)(start + from)));
                low = (low - Vector512.LoadUnsafe(ref centers, at)) * Vector512.LoadUnsafe(ref factors, at);
                high = (high - Vector512.LoadUnsafe(ref centers, at + 8)) * Vector512.LoadUnsafe(ref factors, at + 8);
                var scaled = Vector512.MaxNative(Vector512.Create(float.MinValue), Vector512.Narrow(low, high));
                Vector512.MinNative(Vector512.Create(float.MaxValue), scaled).StoreUnsafe(ref target, (nuint)(start + from));
            }
        }
    }
}
