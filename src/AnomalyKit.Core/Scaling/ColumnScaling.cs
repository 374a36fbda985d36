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
    /// <param name="centers">One finite number a column, in the schema's cells.</param>
    /// <param name="scales">One finite number above zero a column.</param>
    /// <exception cref="ArgumentException">The counts differ or are zero, or a number is out of range.</exception>
    public ColumnScaling(ReadOnlySpan<double> centers, ReadOnlySpan<double> scales)
    {
        if (centers.IsEmpty || centers.Length != scales.Length)
            throw new ArgumentException($"{centers.Length} centers and {scales.Length} scales; give one of each a column.", nameof(scales));
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
    public override void Apply(ReadOnlySpan<float> rows, Span<float> destination)
    {
        int columns = _centers.Length;
        for (int start = 0; start < rows.Length; start += columns)
        {
            var row = rows.Slice(start, columns);
            var target = destination.Slice(start, columns);
            int i = 0;
            if (Vector256.IsHardwareAccelerated)
            {
                for (; i <= columns - Vector256<float>.Count; i += Vector256<float>.Count)
                {
                    var (low, high) = Vector256.Widen(Vector256.Create(row[i..]));
                    low = Scale(low, i);
                    high = Scale(high, i + Vector256<double>.Count);
                    Vector256.Narrow(low, high).CopyTo(target[i..]);
                }
            }

            for (; i < columns; i++)
                target[i] = Apply(i, row[i]);
        }
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

    private Vector256<double> Scale(Vector256<double> values, int column)
    {
        var scaled = (values - Vector256.Create(_centers.AsSpan(column))) * Vector256.Create(_factors.AsSpan(column));
        return Vector256.Min(Vector256.Max(scaled, Vector256.Create((double)-float.MaxValue)), Vector256.Create((double)float.MaxValue));
    }
}
