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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void PanelAffine(
        float* x, int inputs, float* weights, int weightStride, float* bias, int outputs, PanelProduct panel, float* y, int rows, int stride)
    {
        bool rectified = panel == PanelProduct.Rectified;
        bool triangular = panel == PanelProduct.Triangular;
        int row = 0;

        // 512-bit vectors come with 32 registers, room for 4 vectors x 4 outputs; the others for half of that.
        if (TLanes.Count == 16)
        {
            for (; row + (4 * TLanes.Count) <= rows; row += 4 * TLanes.Count)
            {
                for (int output = 0; output < outputs; output += 4)
                {
                    int last = triangular ? Math.Min(inputs, output + 4) : inputs;
                    Panel4x4(x + row, last, weights + output, weightStride, bias == null ? null : bias + output, rectified, y + ((long)output * stride) + row, stride);
                }
            }

            for (; row < rows; row += TLanes.Count)
            {
                for (int output = 0; output < outputs; output += 8)
                {
                    int last = triangular ? Math.Min(inputs, output + 8) : inputs;
                    Panel1x8(x + row, last, weights + output, weightStride, bias == null ? null : bias + output, rectified, y + ((long)output * stride) + row, stride);
                }
            }

            return;
        }

        for (; row < rows; row += 2 * TLanes.Count)
        {
            for (int output = 0; output < outputs; output += 4)
            {
                int last = triangular ? Math.Min(inputs, output + 4) : inputs;
                Panel2x4(x + row, last, weights + output, weightStride, bias == null ? null : bias + output, rectified, y + ((long)output * stride) + row, stride);
            }
        }
    }

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
    public void PanelSquaredLengths(float* values, float* subtracted, int columns, float* lengths, int rows, int stride)
    {
        for (int row = 0; row < rows; row += TLanes.Count)
        {
            float* less = subtracted == null ? null : subtracted + row;
            var even = TLanes.Add(Chains(values + row, less, 0, columns, stride), Chains(values + row, less, 2, columns, stride));
            var odd = TLanes.Add(Chains(values + row, less, 1, columns, stride), Chains(values + row, less, 3, columns, stride));
            TLanes.Store(TLanes.Add(even, odd), lengths + row);
        }
    }

    /// <summary>Every fourth of the sixteen chains of <see cref="PanelSquaredLengths"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Chains(float* values, float* subtracted, int chain, int columns, int stride)
    {
        TLanes a = default, b = default, c = default, d = default;
        int column = chain;
        for (; column + 12 < columns; column += NetworkLayout.Lane)
        {
            a = AddSquare(values, subtracted, column * stride, a);
            b = AddSquare(values, subtracted, (column + 4) * stride, b);
            c = AddSquare(values, subtracted, (column + 8) * stride, c);
            d = AddSquare(values, subtracted, (column + 12) * stride, d);
        }

        if (column < columns)
            a = AddSquare(values, subtracted, column * stride, a);
        if (column + 4 < columns)
            b = AddSquare(values, subtracted, (column + 4) * stride, b);
        if (column + 8 < columns)
            c = AddSquare(values, subtracted, (column + 8) * stride, c);
        return TLanes.Add(TLanes.Add(a, c), TLanes.Add(b, d));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes AddSquare(float* values, float* subtracted, int at, TLanes sum)
    {
        var value = TLanes.Load(values + at);
        if (subtracted != null)
            value = TLanes.Subtract(value, TLanes.Load(subtracted + at));
        return TLanes.MultiplyAdd(value, value, sum);
    }

    /// <summary>4 vectors of rows × 4 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Panel4x4(float* x, int inputs, float* weights, int weightStride, float* bias, bool rectified, float* y, int stride)
    {
        TLanes a0 = default, b0 = default, c0 = default, d0 = default;
        if (bias != null)
        {
            a0 = TLanes.Create(bias[0]);
            b0 = TLanes.Create(bias[1]);
            c0 = TLanes.Create(bias[2]);
            d0 = TLanes.Create(bias[3]);
        }

        TLanes a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0, c1 = c0, c2 = c0, c3 = c0, d1 = d0, d2 = d0, d3 = d0;
        for (int i = 0; i < inputs; i++)
        {
            var x0 = TLanes.Load(x);
            var x1 = TLanes.Load(x + TLanes.Count);
            var x2 = TLanes.Load(x + (2 * TLanes.Count));
            var x3 = TLanes.Load(x + (3 * TLanes.Count));
            var weight = TLanes.Create(weights[0]);
            a0 = TLanes.MultiplyAdd(x0, weight, a0);
            a1 = TLanes.MultiplyAdd(x1, weight, a1);
            a2 = TLanes.MultiplyAdd(x2, weight, a2);
            a3 = TLanes.MultiplyAdd(x3, weight, a3);
            weight = TLanes.Create(weights[1]);
            b0 = TLanes.MultiplyAdd(x0, weight, b0);
            b1 = TLanes.MultiplyAdd(x1, weight, b1);
            b2 = TLanes.MultiplyAdd(x2, weight, b2);
            b3 = TLanes.MultiplyAdd(x3, weight, b3);
            weight = TLanes.Create(weights[2]);
            c0 = TLanes.MultiplyAdd(x0, weight, c0);
            c1 = TLanes.MultiplyAdd(x1, weight, c1);
            c2 = TLanes.MultiplyAdd(x2, weight, c2);
            c3 = TLanes.MultiplyAdd(x3, weight, c3);
            weight = TLanes.Create(weights[3]);
            d0 = TLanes.MultiplyAdd(x0, weight, d0);
            d1 = TLanes.MultiplyAdd(x1, weight, d1);
            d2 = TLanes.MultiplyAdd(x2, weight, d2);
            d3 = TLanes.MultiplyAdd(x3, weight, d3);
            x += stride;
            weights += weightStride;
        }

        Store4(a0, a1, a2, a3, rectified, y);
        Store4(b0, b1, b2, b3, rectified, y + stride);
        y += 2 * stride;
        Store4(c0, c1, c2, c3, rectified, y);
        Store4(d0, d1, d2, d3, rectified, y + stride);
    }

    /// <summary>2 vectors of rows × 4 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Panel2x4(float* x, int inputs, float* weights, int weightStride, float* bias, bool rectified, float* y, int stride)
    {
        TLanes a0 = default, b0 = default, c0 = default, d0 = default;
        if (bias != null)
        {
            a0 = TLanes.Create(bias[0]);
            b0 = TLanes.Create(bias[1]);
            c0 = TLanes.Create(bias[2]);
            d0 = TLanes.Create(bias[3]);
        }

        TLanes a1 = a0, b1 = b0, c1 = c0, d1 = d0;
        for (int i = 0; i < inputs; i++)
        {
            var x0 = TLanes.Load(x);
            var x1 = TLanes.Load(x + TLanes.Count);
            var weight = TLanes.Create(weights[0]);
            a0 = TLanes.MultiplyAdd(x0, weight, a0);
            a1 = TLanes.MultiplyAdd(x1, weight, a1);
            weight = TLanes.Create(weights[1]);
            b0 = TLanes.MultiplyAdd(x0, weight, b0);
            b1 = TLanes.MultiplyAdd(x1, weight, b1);
            weight = TLanes.Create(weights[2]);
            c0 = TLanes.MultiplyAdd(x0, weight, c0);
            c1 = TLanes.MultiplyAdd(x1, weight, c1);
            weight = TLanes.Create(weights[3]);
            d0 = TLanes.MultiplyAdd(x0, weight, d0);
            d1 = TLanes.MultiplyAdd(x1, weight, d1);
            x += stride;
            weights += weightStride;
        }

        Store2(a0, a1, rectified, y);
        Store2(b0, b1, rectified, y + stride);
        y += 2 * stride;
        Store2(c0, c1, rectified, y);
        Store2(d0, d1, rectified, y + stride);
    }

    /// <summary>1 vector of rows × 8 outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Panel1x8(float* x, int inputs, float* weights, int weightStride, float* bias, bool rectified, float* y, int stride)
    {
        TLanes a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default;
        if (bias != null)
        {
            a = TLanes.Create(bias[0]);
            b = TLanes.Create(bias[1]);
            c = TLanes.Create(bias[2]);
            d = TLanes.Create(bias[3]);
            e = TLanes.Create(bias[4]);
            f = TLanes.Create(bias[5]);
            g = TLanes.Create(bias[6]);
            h = TLanes.Create(bias[7]);
        }

        for (int i = 0; i < inputs; i++)
        {
            var cells = TLanes.Load(x);
            a = TLanes.MultiplyAdd(cells, TLanes.Create(weights[0]), a);
            b = TLanes.MultiplyAdd(cells, TLanes.Create(weights[1]), b);
            c = TLanes.MultiplyAdd(cells, TLanes.Create(weights[2]), c);
            d = TLanes.MultiplyAdd(cells, TLanes.Create(weights[3]), d);
            e = TLanes.MultiplyAdd(cells, TLanes.Create(weights[4]), e);
            f = TLanes.MultiplyAdd(cells, TLanes.Create(weights[5]), f);
            g = TLanes.MultiplyAdd(cells, TLanes.Create(weights[6]), g);
            h = TLanes.MultiplyAdd(cells, TLanes.Create(weights[7]), h);
            x += stride;
            weights += weightStride;
        }

        Store1(a, rectified, y);
        Store1(b, rectified, y + stride);
        y += 2 * stride;
        Store1(c, rectified, y);
        Store1(d, rectified, y + stride);
        y += 2 * stride;
        Store1(e, rectified, y);
        Store1(f, rectified, y + stride);
        y += 2 * stride;
        Store1(g, rectified, y);
        Store1(h, rectified, y + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store4(TLanes first, TLanes second, TLanes third, TLanes fourth, bool rectified, float* y)
    {
        Store2(first, second, rectified, y);
        Store2(third, fourth, rectified, y + (2 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store2(TLanes first, TLanes second, bool rectified, float* y)
    {
        Store1(first, rectified, y);
        Store1(second, rectified, y + TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store1(TLanes value, bool rectified, float* y) => TLanes.Store(rectified ? TLanes.Max(value, default) : value, y);
}
