using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AnomalyKit.OneClassSvm;

/// <summary>The Shapley values of a product of kernels, ∏ kⱼ: player j gets (kⱼ − 1) ∫ ∏ (1 − t + t kₗ) dt over t from 0 to 1, the product over the other players.</summary>
/// <remarks>A player that is absent agrees with the support vector: its kernel is 1. A group of columns is one player, whose kernel is their product.</remarks>
internal sealed class RadialGame : ISvmGame
{
    // 1.5 · 2⁵²: adding it leaves a whole number in the low bits.
    private const double Rounder = 6755399441055744.0;

    private readonly SupportPanels _panels;
    private readonly Quadrature _quadrature;
    private readonly int[] _playerOf;

    public RadialGame(SupportPanels panels, ReadOnlySpan<int> playerOf, int players)
    {
        _panels = panels;
        _playerOf = playerOf.ToArray();
        Players = players;
        _quadrature = new Quadrature(players - 1);
    }

    public int Players { get; }

    public Vector256<double> Empty(int panel) => Vector256<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector256<double> Divide(int panel, ReadOnlySpan<double> row, Span<Vector256<double>> scratch, Span<Vector256<double>> parts)
    {
        var lacks = scratch[..parts.Length];
        var before = scratch.Slice(parts.Length, parts.Length);
        var cells = _panels.Cells(panel);
        lacks.Clear();
        for (int j = 0; j < row.Length; j++)
        {
            var difference = Vector256.Create(row[j]) - SupportPanels.Widen(cells, j);
            ref var distance = ref lacks[_playerOf[j]];
            distance = Vector256.FusedMultiplyAdd(difference, difference, distance);
        }

        var sum = Vector256<double>.Zero;
        var value = Vector256<double>.One;
        for (int p = 0; p < lacks.Length; p++)
        {
            var kernel = PowerOfTwo(lacks[p] * -0.5);
            lacks[p] = kernel - Vector256<double>.One;
            sum -= lacks[p];
            value *= kernel;
        }

        var (nodes, weights) = _quadrature.For(Math.Max(Math.Max(sum[0], sum[1]), Math.Max(sum[2], sum[3])));
        parts.Clear();
        for (int node = 0; node < nodes.Length; node++)
        {
            var t = Vector256.Create(nodes[node]);
            var product = Vector256.Create(weights[node]);
            for (int p = 0; p < lacks.Length; p++)
            {
                before[p] = product;
                product *= Vector256.FusedMultiplyAdd(t, lacks[p], Vector256<double>.One);
            }

            product = Vector256<double>.One;
            for (int p = lacks.Length - 1; p >= 0; p--)
            {
                parts[p] = Vector256.FusedMultiplyAdd(before[p], product, parts[p]);
                product *= Vector256.FusedMultiplyAdd(t, lacks[p], Vector256<double>.One);
            }
        }

        for (int p = 0; p < lacks.Length; p++)
            parts[p] *= lacks[p];
        return value;
    }

    /// <summary>2ˣ for x ≤ 0, by a polynomial of degree 11: exactly 1 at 0.</summary>
    private static Vector256<double> PowerOfTwo(Vector256<double> x)
    {
        x = Vector256.Max(x, Vector256.Create(-1000.0));
        var shifted = x + Vector256.Create(Rounder);
        var f = (x - (shifted - Vector256.Create(Rounder))) * Vector256.Create(0.69314718055994531);
        var power = Vector256.Create(1.0 / 39916800);
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 3628800));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 362880));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 40320));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 5040));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 720));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 120));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 24));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(1.0 / 6));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256.Create(0.5));
        power = Vector256.FusedMultiplyAdd(power, f, Vector256<double>.One);
        power = Vector256.FusedMultiplyAdd(power, f, Vector256<double>.One);
        return power * Vector256.ShiftLeft(shifted.AsInt64() + Vector256.Create(1023L), 52).AsDouble();
    }
}
