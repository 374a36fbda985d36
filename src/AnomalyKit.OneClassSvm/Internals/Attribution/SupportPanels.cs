using System.Runtime.Intrinsics;
using AnomalyKit.Numerics;

namespace AnomalyKit.OneClassSvm;

/// <summary>Support vectors in the kernel's scale, four side by side, with what each counts for in the score.</summary>
internal sealed class SupportPanels
{
    /// <summary>Support vectors side by side, at any vector width: all give the same bits.</summary>
    public const int Lanes = 4;

    private readonly float[] _cells;
    private readonly double[] _weights;

    public SupportPanels(OneClassSvmModel model)
    {
        Columns = model.Columns;
        int count = model.Weights.Length;
        Count = Blocks.Count(count, Lanes);
        _cells = new float[(long)Count * Columns * Lanes];
        _weights = new double[Count * Lanes];
        var scaled = new float[Columns];
        for (int i = 0; i < count; i++)
        {
            model.Function.ScaleRow(model.SupportVectors.AsSpan(i * Columns, Columns), model.Origin, scaled);
            for (int j = 0; j < Columns; j++)
                _cells[(((long)(i / Lanes) * Columns + j) * Lanes) + (i % Lanes)] = scaled[j];
            _weights[i] = model.Weights[i] / model.Solved.CoefficientSum;
        }
    }

    public int Columns { get; }

    /// <summary>The number of panels.</summary>
    public int Count { get; }

    /// <summary>α / Σα of the vectors of a panel.</summary>
    public Vector256<double> Weights(int panel) => Vector256.Create(_weights.AsSpan(panel * Lanes, Lanes));

    /// <summary>A panel's cells: four of the first column, four of the second, …</summary>
    public ReadOnlySpan<float> Cells(int panel) => _cells.AsSpan(panel * Columns * Lanes, Columns * Lanes);

    /// <summary>Four cells in double.</summary>
    public static Vector256<double> Widen(ReadOnlySpan<float> cells, int column) =>
        Vector256.WidenLower(Vector128.Create(cells.Slice(column * Lanes, Lanes)).ToVector256Unsafe());
}
