using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using AnomalyKit.OneClassSvm.Kernels;

namespace AnomalyKit.OneClassSvm;

/// <summary>What the straight line from a support vector x to the row collects of the gradient of a kernel g(x · z): column j gets xⱼ (zⱼ − xⱼ) (g(x · z) − g(x · x)) / (x · z − x · x).</summary>
/// <remarks>For the linear kernel, where g(u) = u, these are Shapley values.</remarks>
internal sealed class ProductGame : ISvmGame
{
    private readonly SupportPanels _panels;
    private readonly KernelFunction _function;
    private readonly double[] _squares;

    public ProductGame(SupportPanels panels, KernelFunction function)
    {
        _panels = panels;
        _function = function;
        _squares = new double[panels.Count * SupportPanels.Lanes];
        for (int panel = 0; panel < panels.Count; panel++)
        {
            var square = Vector256<double>.Zero;
            for (int j = 0; j < panels.Columns; j++)
            {
                var cell = SupportPanels.Widen(panels.Cells(panel), j);
                square = Vector256.FusedMultiplyAdd(cell, cell, square);
            }

            square.CopyTo(_squares.AsSpan(panel * SupportPanels.Lanes));
        }
    }

    public int Players => _panels.Columns;

    public Vector256<double> Empty(int panel)
    {
        var values = Vector256<double>.Zero;
        for (int lane = 0; lane < SupportPanels.Lanes; lane++)
            values = values.WithElement(lane, Value(_squares[(panel * SupportPanels.Lanes) + lane]));
        return values;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Vector256<double> Divide(int panel, ReadOnlySpan<double> row, Span<Vector256<double>> scratch, Span<Vector256<double>> parts)
    {
        var cells = _panels.Cells(panel);
        var change = Vector256<double>.Zero;
        for (int j = 0; j < row.Length; j++)
        {
            var cell = SupportPanels.Widen(cells, j);
            parts[j] = cell * (Vector256.Create(row[j]) - cell);
            change += parts[j];
        }

        var values = Vector256<double>.Zero;
        var slopes = Vector256<double>.Zero;
        for (int lane = 0; lane < SupportPanels.Lanes; lane++)
        {
            double start = _squares[(panel * SupportPanels.Lanes) + lane];
            double end = start + change[lane];
            values = values.WithElement(lane, Value(end));
            slopes = slopes.WithElement(lane, Slope(start, end));
        }

        for (int j = 0; j < parts.Length; j++)
            parts[j] *= slopes;
        return values;
    }

    private double Value(double product) => _function.Kind switch
    {
        SvmKernelKind.Linear => product,
        SvmKernelKind.Polynomial => Math.Clamp(Power(product + _function.Coef0, _function.Degree), -KernelFunction.LargestValue, KernelFunction.LargestValue),
        _ => Math.Tanh(product + _function.Coef0),
    };

    private static double Power(double value, int degree)
    {
        double power = value;
        for (int factor = 1; factor < degree; factor++)
            power *= value;
        return power;
    }

    /// <summary>The mean slope of g between two products; the slope itself where they are too close for a difference.</summary>
    private double Slope(double start, double end)
    {
        if (_function.Kind == SvmKernelKind.Linear)
            return 1;
        double change = end - start;
        double middle = start + (change / 2) + _function.Coef0;
        if (Math.Abs(change) > 1e-6 * (1 + Math.Abs(middle)))
            return (Value(end) - Value(start)) / change;
        if (_function.Kind == SvmKernelKind.Polynomial)
            return Math.Abs(Value(end)) < KernelFunction.LargestValue ? _function.Degree * (_function.Degree == 1 ? 1 : Power(middle, _function.Degree - 1)) : 0;
        double tangent = Math.Tanh(middle);
        return 1 - (tangent * tangent);
    }
}
