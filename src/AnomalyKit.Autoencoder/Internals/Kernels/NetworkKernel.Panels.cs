using System.Runtime.CompilerServices;

namespace AnomalyKit.Autoencoder.Kernels;

/// <content>The loops of scoring: a layer's sums for several vectors of rows and several outputs stay in registers while the inputs go by.</content>
internal sealed unsafe partial class NetworkKernel<TLanes>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ToPanels(float* rows, int count, int columns, float limit, float* panel, float* limited, int stride)
    {
        var most = TLanes.Create(limit);
        var least = TLanes.Create(-limit);
        for (int column = 0; columns < 4 && column < columns; column++)
        {
            for (int row = 0; row < count; row++)
            {
                float cell = rows[(row * columns) + column];
                panel[(column * stride) + row] = cell;
                cell = cell > -limit ? cell : -limit;
                limited[(column * stride) + row] = cell < limit ? cell : limit;
            }
        }

        for (int row = 0; columns >= 4 && row < count; row += TLanes.Count)
        {
            for (int column = 0; column < columns; column += 4)
            {
                // The last four columns begin early where there are not four left, and are written twice.
                int from = Math.Min(column, columns - 4);
                TLanes.LoadColumns(rows + ((long)row * columns) + from, columns, out var a, out var b, out var c, out var d);
                float* line = panel + (from * stride) + row;
                TLanes.Store(a, line);
                TLanes.Store(b, line + stride);
                TLanes.Store(c, line + (2 * stride));
                TLanes.Store(d, line + (3 * stride));
                line = limited + (from * stride) + row;
                TLanes.Store(TLanes.Min(TLanes.Max(a, least), most), line);
                TLanes.Store(TLanes.Min(TLanes.Max(b, least), most), line + stride);
                TLanes.Store(TLanes.Min(TLanes.Max(c, least), most), line + (2 * stride));
                TLanes.Store(TLanes.Min(TLanes.Max(d, least), most), line + (3 * stride));
            }
        }
    }

    public void PanelAffine(
        float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, PanelProduct panel, float* y, int rows, int stride)
    {
        var sweep = new Sweep(weights, 1, weightStride, outputs, inputs, panel == PanelProduct.Triangular, stride, stride);
        if (panel == PanelProduct.Rectified)
            PanelAffine<ScalarBias, Rectified>(sweep, x, bias, y, rows);
        else if (bias != null)
            PanelAffine<ScalarBias, Plain>(sweep, x, bias, y, rows);
        else
            PanelAffine<Zero, Plain>(sweep, x, null, y, rows);
    }

    public void PanelAffineLess(
        float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, float* subtracted, float* y, int rows, int stride) =>
        PanelAffine<ScalarBias, Less>(new Sweep(weights, 1, weightStride, outputs, inputs, false, stride, stride, (nint)(subtracted - y)), x, bias, y, rows);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PanelDifferences(float* outputs, float* targets, int columns, float* differences, int rows, int stride)
    {
        for (int column = 0; column < columns; column++)
        {
            for (int row = 0; row < rows; row += TLanes.Count)
                TLanes.Store(TLanes.Subtract(TLanes.Load(outputs + row), TLanes.Load(targets + row)), differences + row);
            outputs += stride;
            targets += stride;
            differences += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PanelScale(float* values, float* factors, int columns, float* scaled, int rows, int stride)
    {
        for (int column = 0; column < columns; column++)
        {
            var factor = TLanes.Create(factors[column]);
            for (int row = 0; row < rows; row += TLanes.Count)
                TLanes.Store(TLanes.Multiply(TLanes.Load(values + row), factor), scaled + row);
            values += stride;
            scaled += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PanelMeanSquares(float* values, int columns, float* means, int rows, int stride)
    {
        var most = TLanes.Create(float.MaxValue);
        var divisor = TLanes.Create(columns);
        for (int row = 0; row < rows; row += TLanes.Count, values += TLanes.Count)
        {
            var even = TLanes.Add(Chains(values, 0, columns, stride), Chains(values, 2, columns, stride));
            var odd = TLanes.Add(Chains(values, 1, columns, stride), Chains(values, 3, columns, stride));

            // Cells near the ends of float32 overflow on the way, to infinity or to the difference of two infinities: Min takes its second operand then.
            TLanes.Store(TLanes.Min(TLanes.Divide(TLanes.Add(even, odd), divisor), most), means + row);
        }
    }

    /// <summary>Every fourth of the sixteen chains of <see cref="PanelMeanSquares"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Chains(float* values, int chain, int columns, nint stride)
    {
        TLanes a = default, b = default, c = default, d = default;
        float* cell = values + (chain * stride);
        stride *= 4;
        nint three = 3 * stride;
        for (columns -= chain; columns > 12; columns -= KernelShape.Lane)
        {
            a = AddSquare(cell, a);
            b = AddSquare(cell + stride, b);
            c = AddSquare(cell + (2 * stride), c);
            d = AddSquare(cell + three, d);
            cell += 4 * stride;
        }

        if (columns > 0)
            a = AddSquare(cell, a);
        if (columns > 4)
            b = AddSquare(cell + stride, b);
        if (columns > 8)
            c = AddSquare(cell + (2 * stride), c);
        return TLanes.Add(TLanes.Add(a, c), TLanes.Add(b, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddSquare(float* cell, TLanes sum)
    {
        var value = TLanes.Load(cell);
        return TLanes.MultiplyAdd(value, value, sum);
    }

    public void RowAffine(float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, PanelProduct product, float* y)
    {
        bool triangular = product == PanelProduct.Triangular;
        if (product == PanelProduct.Rectified)
            RowAffine<VectorBias, Rectified>(x, inputs, weights, weightStride, bias, outputs, triangular, y);
        else if (bias != null)
            RowAffine<VectorBias, Plain>(x, inputs, weights, weightStride, bias, outputs, triangular, y);
        else
            RowAffine<Zero, Plain>(x, inputs, weights, weightStride, null, outputs, triangular, y);
    }

    private static void PanelAffine<TStart, TEnd>(in Sweep sweep, float* x, float* bias, float* y, int rows)
        where TStart : IStart
        where TEnd : IEnd
    {
        for (int row = 0; row < rows;)
        {
            // 512-bit vectors come with 32 registers, room for 24 sums; the others with 16, room for 12. Twos and threes make up any even number of vectors.
            int vectors = (rows - row) / TLanes.Count;
            if (TLanes.Count == KernelShape.Lane && vectors >= 3)
            {
                int tail = sweep.Tail;
                if (tail == 0)
                {
                    Sweep8x3<TStart, TEnd>(sweep, x + row, bias, y + row);
                }
                else
                {
                    int whole = sweep.Count - tail;
                    Sweep8x3<TStart, TEnd>(sweep.Part(0, whole), x + row, bias, y + row);
                    Sweep6x3<TStart, TEnd>(sweep.Part(whole, tail), x + row, bias + whole, y + row + (whole * sweep.TargetStride));
                }

                row += 3 * TLanes.Count;
            }
            else if (TLanes.Count == KernelShape.Lane)
            {
                Sweep8x1<TStart, TEnd>(sweep, x + row, bias, y + row);
                row += TLanes.Count;
            }
            else if (vectors % 3 == 0)
            {
                Sweep4x3<TStart, TEnd>(sweep, x + row, bias, y + row);
                row += 3 * TLanes.Count;
            }
            else
            {
                Sweep4x2<TStart, TEnd>(sweep, x + row, bias, y + row);
                row += 2 * TLanes.Count;
            }
        }
    }

    private static void RowAffine<TStart, TEnd>(
        float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, bool triangular, float* y)
        where TStart : IStart
        where TEnd : IEnd
    {
        for (int output = 0; output < outputs;)
        {
            int left = outputs - output;
            int vectors = left > 4 * TLanes.Count && output + (8 * TLanes.Count) <= weightStride ? 8 : left > TLanes.Count ? 2 : 1;
            int next = output + (vectors * TLanes.Count);
            int terms = triangular ? Math.Min(inputs, next) : inputs;
            if (vectors == 8)
                Row8<TStart, TEnd>(x, terms, weights + output, weightStride, bias + output, y + output);
            else if (vectors == 2)
                Row2<TStart, TEnd>(x, terms, weights + output, weightStride, bias + output, y + output);
            else
                Row1<TStart, TEnd>(x, terms, weights + output, weightStride, bias + output, y + output);
            output = next;
        }
    }
}
