using System.Buffers;
using System.Numerics.Tensors;
using AnomalyKit.CarryingBack;

namespace AnomalyKit;

/// <summary>Carries contributions of whitened columns back: column j of the data gets (W⁺δ)ⱼ (Wᵀm)ⱼ, where W⁺ = D E Λ^½.</summary>
/// <remarks>
/// W⁺ is the inverse of W with each column in units of its deviation. Columns that the whitening ignores because they follow from others share as <see cref="DependentColumns"/> says; what the last
/// output says about broken relations is divided as <see cref="BrokenRelations"/> says.
/// </remarks>
internal sealed class WhiteningBack
{
    private readonly int _columns;
    private readonly int _components;
    private readonly double[] _slopes;
    private readonly double[] _spreads;
    private readonly BrokenRelations _broken;

    public WhiteningBack(WhiteningTransform transform)
    {
        _columns = transform.InputColumns;
        _components = transform.Eigenvalues.Length;
        _slopes = new double[_components * _columns];
        _spreads = new double[_components * _columns];
        int[] kept = [.. Enumerable.Range(0, _columns).Where(j => transform.Scales[j] > 0)];
        var factor = new double[kept.Length * _components];
        for (int i = 0; i < _components; i++)
        {
            double root = Math.Sqrt(transform.Eigenvalues[i]);
            for (int k = 0; k < kept.Length; k++)
            {
                int at = (i * _columns) + kept[k];
                double scale = transform.Scales[kept[k]];
                _slopes[at] = transform.Eigenvectors[at] / root / scale;
                _spreads[at] = transform.Eigenvectors[at] * root * scale;
                factor[(k * _components) + i] = _spreads[at];
            }
        }

        var dependent = new DependentColumns(transform.Relations, kept, factor, _components);
        dependent.Spread(_slopes, _columns);
        for (int i = 0; i < _components; i++)
            dependent.Extend(_spreads.AsSpan(i * _columns, _columns));
        _broken = new BrokenRelations(transform.Relations, transform.Location.ToArray(), dependent.Deviations);
        IsSound = AddsUp();
    }

    /// <summary>Whether what is carried back adds up: eigenvectors that a file has spoiled are not orthonormal.</summary>
    public bool IsSound { get; }

    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<double> differences, ReadOnlySpan<double> multipliers, Span<double> contributions)
    {
        double[] buffer = ArrayPool<double>.Shared.Rent(2 * _columns);
        var apart = buffer.AsSpan(0, _columns);
        var slope = buffer.AsSpan(_columns, _columns);
        buffer.AsSpan(0, 2 * _columns).Clear();
        for (int i = 0; i < _components; i++)
        {
            TensorPrimitives.FusedMultiplyAdd(_spreads.AsSpan(i * _columns, _columns), differences[i], apart, apart);
            TensorPrimitives.FusedMultiplyAdd(_slopes.AsSpan(i * _columns, _columns), multipliers[i], slope, slope);
        }

        TensorPrimitives.FusedMultiplyAdd(apart, slope, contributions, contributions);
        ArrayPool<double>.Shared.Return(buffer);
        if (_broken.Count > 0 && differences[_components] * multipliers[_components] is not 0 and var charge)
            _broken.Divide(row, charge, contributions);
    }

    /// <summary>Tries numbers without a pattern.</summary>
    private bool AddsUp()
    {
        double[] differences = [.. Enumerable.Range(0, _components + 1).Select(i => Math.Sin((i * i) + 1))];
        double[] multipliers = [.. Enumerable.Range(0, _components + 1).Select(i => Math.Cos((3 * i * i) + 1))];
        differences[_components] = 0;
        var contributions = new double[_columns];
        Add(new float[_columns], differences, multipliers, contributions);
        double expected = 0;
        double size = 0;
        for (int i = 0; i < _components; i++)
        {
            expected += differences[i] * multipliers[i];
            size += Math.Abs(differences[i] * multipliers[i]);
        }

        foreach (double contribution in contributions)
        {
            expected -= contribution;
            size += Math.Abs(contribution);
        }

        return Math.Abs(expected) <= 1e-9 * size;
    }
}
