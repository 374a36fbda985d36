using System.Buffers;
using AnomalyKit.Affine;
using AnomalyKit.CarryingBack;
using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Carries contributions of whitened columns back: column j of the data gets (W⁺δ)ⱼ (Wᵀm)ⱼ, where W⁺ = D E Λ^½.</summary>
/// <remarks>
/// W⁺ is the inverse of W with each column in units of its deviation. Columns that the whitening ignores because they follow from others share as <see cref="DependentColumns"/> says; what the last
/// output says about broken relations is divided as <see cref="BrokenRelations"/> says.
/// </remarks>
internal sealed unsafe class WhiteningBack
{
    private const int TileRows = 32;

    private readonly IAffineKernel _kernel;
    private readonly int _stride;
    private readonly int _columns;
    private readonly int _components;
    private readonly double[] _slopes;
    private readonly double[] _spreads;
    private readonly BrokenRelations _broken;

    public WhiteningBack(WhiteningTransform transform, IAffineKernel kernel)
    {
        _kernel = kernel;
        _columns = transform.InputColumns;
        _components = transform.Eigenvalues.Length;
        var slopes = new double[_components * _columns];
        var spreads = new double[_components * _columns];
        int[] kept = [.. Enumerable.Range(0, _columns).Where(j => transform.Scales[j] > 0)];
        var factor = new double[kept.Length * _components];
        for (int i = 0; i < _components; i++)
        {
            double root = Math.Sqrt(transform.Eigenvalues[i]);
            for (int k = 0; k < kept.Length; k++)
            {
                int at = (i * _columns) + kept[k];
                double scale = transform.Scales[kept[k]];
                slopes[at] = transform.Eigenvectors[at] / root / scale;
                spreads[at] = transform.Eigenvectors[at] * root * scale;
                factor[(k * _components) + i] = spreads[at];
            }
        }

        var dependent = new DependentColumns(transform.Relations, kept, factor, _components);
        dependent.Spread(slopes, _columns);
        _stride = Blocks.RoundUp(_columns, AffineMap.Chunk);
        _slopes = new double[_components * _stride];
        _spreads = new double[_components * _stride];
        for (int i = 0; i < _components; i++)
        {
            var spread = spreads.AsSpan(i * _columns, _columns);
            dependent.Extend(spread);
            spread.CopyTo(_spreads.AsSpan(i * _stride));
            slopes.AsSpan(i * _columns, _columns).CopyTo(_slopes.AsSpan(i * _stride));
        }

        _broken = new BrokenRelations(transform.Relations, transform.Location.ToArray(), dependent.Deviations);
        IsSound = AddsUp();
    }

    /// <summary>Whether what is carried back adds up: eigenvectors that a file has spoiled are not orthonormal.</summary>
    public bool IsSound { get; }

    /// <summary>Adds what falls to the columns, for one or several rows of differences and multipliers.</summary>
    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<double> differences, ReadOnlySpan<double> multipliers, Span<double> contributions)
    {
        int outputs = _components + (_broken.Count > 0 ? 1 : 0);
        int images = TileRows * _stride;
        double[] buffer = ArrayPool<double>.Shared.Rent((2 * images) + (4 * outputs));
        fixed (double* working = buffer, spreads = _spreads, slopes = _slopes)
        {
            double* rest = working + (2 * images);
            for (int start = 0; start < differences.Length; start += TileRows * outputs)
            {
                var apart = differences.Slice(start, Math.Min(TileRows * outputs, differences.Length - start));
                var slope = multipliers.Slice(start, apart.Length);
                int count = apart.Length / outputs;
                Map(spreads, apart, outputs, count, working, rest);
                Map(slopes, slope, outputs, count, working + images, rest);
                for (int i = 0; i < count; i++)
                    AddProducts(working + (i * _stride), working + images + (i * _stride), contributions);
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
        for (int end = outputs - 1; _broken.Count > 0 && end < differences.Length; end += outputs)
        {
            if (differences[end] * multipliers[end] is not 0 and var charge)
                _broken.Divide(row, charge, contributions);
        }
    }

    private static void AddProducts(double* left, double* right, Span<double> sums)
    {
        for (int j = 0; j < sums.Length; j++)
            sums[j] += left[j] * right[j];
    }

    /// <summary>Maps rows whose number need not be a multiple of four.</summary>
    private void Map(double* weights, ReadOnlySpan<double> rows, int outputs, int count, double* images, double* rest)
    {
        int whole = count & ~3;
        fixed (double* source = rows)
        {
            _kernel.MapTiles(weights, _stride, source, outputs, _components, whole, images);
            if (whole == count)
                return;
            var last = new Span<double>(rest, 4 * outputs);
            last.Clear();
            rows[(whole * outputs)..].CopyTo(last);
            _kernel.MapTiles(weights, _stride, rest, outputs, _components, 4, images + (whole * _stride));
        }
    }

    /// <summary>Tries numbers without a pattern.</summary>
    private bool AddsUp()
    {
        double[] differences = [.. Enumerable.Range(0, _components).Select(i => Math.Sin((i * i) + 1))];
        double[] multipliers = [.. Enumerable.Range(0, _components).Select(i => Math.Cos((3 * i * i) + 1))];
        var contributions = new double[_columns];
        double[] none = _broken.Count > 0 ? [0] : [];
        Add(new float[_columns], [.. differences, .. none], [.. multipliers, .. none], contributions);
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
