using System.Runtime.CompilerServices;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Kernels;

/// <summary>The network's loops over one width of vectors.</summary>
/// <remarks>
/// An element of a result is one chain of operations in a fixed order, whatever the width: vectors only run several chains side by side. Tiles keep eight chains
/// in flight, as many as hide the latency of a fused multiply-add on two ports.
/// </remarks>
internal sealed unsafe partial class NetworkKernel<TLanes> : INetworkKernel
    where TLanes : unmanaged, IFloatLanes<TLanes>
{
    private const float LeakySlope = 0.01f;

    public void Affine(float* x, int xStride, int rows, float* weights, int inputs, float* bias, float* y, int yStride, int outputs)
    {
        if (bias == null)
            Affine<Zero>(x, xStride, rows, weights, inputs, null, y, yStride, outputs);
        else
            Affine<VectorBias>(x, xStride, rows, weights, inputs, bias, y, yStride, outputs);
    }

    public void AddProducts(float* x, int xStride, int inputs, float* y, int yStride, int outputs, int rows, float* products)
    {
        var sweep = new Sweep(x, 1, xStride, inputs, rows, false, yStride, yStride);
        int output = 0;
        for (; output <= outputs - TLanes.Count - 1; output += 2 * TLanes.Count)
            Sweep4x2<Zero, Added>(sweep, y + output, null, products + output);
        if (output < outputs)
            Sweep8x1<Zero, Added>(sweep, y + output, null, products + output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRows(float* y, int yStride, int rows, float* sums)
    {
        for (int output = 0; output < yStride; output += TLanes.Count)
        {
            TLanes sum = default;
            float* cell = y + output;
            for (int row = 0; row < rows; row++, cell += yStride)
                sum = TLanes.Add(sum, TLanes.Load(cell));
            TLanes.Store(TLanes.Add(TLanes.Load(sums + output), sum), sums + output);
        }
    }

    public void Activate(NetworkActivation activation, float* values, int count)
    {
        switch (activation)
        {
            case NetworkActivation.Relu:
                Apply<ReluFunction>(values, count);
                break;
            case NetworkActivation.LeakyRelu:
                Apply<LeakyReluFunction>(values, count);
                break;
            case NetworkActivation.Elu:
                Apply<EluFunction>(values, count);
                break;
            case NetworkActivation.Silu:
                Apply<SiluFunction>(values, count);
                break;
            case NetworkActivation.Tanh:
                Apply<TanhFunction>(values, count);
                break;
            case NetworkActivation.Sigmoid:
                Apply<SigmoidFunction>(values, count);
                break;
            default:
                break;
        }
    }

    public void ActivateWithSlopes(NetworkActivation activation, float* values, float* slopes, int count)
    {
        switch (activation)
        {
            case NetworkActivation.Relu:
                ApplyWithSlopes<ReluFunction>(values, slopes, count);
                break;
            case NetworkActivation.LeakyRelu:
                ApplyWithSlopes<LeakyReluFunction>(values, slopes, count);
                break;
            case NetworkActivation.Elu:
                ApplyWithSlopes<EluFunction>(values, slopes, count);
                break;
            case NetworkActivation.Silu:
                ApplyWithSlopes<SiluFunction>(values, slopes, count);
                break;
            case NetworkActivation.Tanh:
                ApplyWithSlopes<TanhFunction>(values, slopes, count);
                break;
            case NetworkActivation.Sigmoid:
                ApplyWithSlopes<SigmoidFunction>(values, slopes, count);
                break;
            default:
                new Span<float>(slopes, count).Fill(1);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(float* values, float* factors, int count)
    {
        for (int i = 0; i < count; i += TLanes.Count)
            TLanes.Store(TLanes.Multiply(TLanes.Load(values + i), TLanes.Load(factors + i)), values + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Limit(float* source, float limit, float* destination, int count)
    {
        var most = TLanes.Create(limit);
        var least = TLanes.Create(-limit);
        for (int i = 0; i < count; i += TLanes.Count)
            TLanes.Store(TLanes.Min(TLanes.Max(TLanes.Load(source + i), least), most), destination + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Differences(float* outputs, float* targets, int stride, int rows, float* factors, float* differences, float* errors)
    {
        float* lanes = stackalloc float[KernelShape.Lane];
        for (int row = 0; row < rows; row++)
        {
            long start = (long)row * stride;
            var factor = TLanes.Create(factors[row]);
            for (int group = 0; group < KernelShape.Lane; group += TLanes.Count)
            {
                TLanes sum = default;
                for (int i = group; i < stride; i += KernelShape.Lane)
                {
                    var difference = TLanes.Subtract(TLanes.Load(outputs + start + i), TLanes.Load(targets + start + i));
                    sum = TLanes.MultiplyAdd(difference, difference, sum);
                    TLanes.Store(TLanes.Multiply(difference, factor), differences + start + i);
                }

                TLanes.Store(sum, lanes + group);
            }

            errors[row] = AddLanes(lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(float* left, float* right, int count)
    {
        for (int i = 0; i < count; i += TLanes.Count)
            TLanes.Store(TLanes.Add(TLanes.Load(left + i), TLanes.Load(right + i)), left + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AdamStep(float* weights, float* gradients, float* means, float* squares, int count, in AdamStepSize step)
    {
        var scale = TLanes.Create(step.GradientScale);
        var meanDecay = TLanes.Create(step.MeanDecay);
        var meanShare = TLanes.Create(1 - step.MeanDecay);
        var squareDecay = TLanes.Create(step.SquareDecay);
        var squareShare = TLanes.Create(1 - step.SquareDecay);
        var root = TLanes.Create(1 / step.RootCorrection);
        var rate = TLanes.Create(-step.Rate);
        var epsilon = TLanes.Create(step.Epsilon);
        var keep = TLanes.Create(step.Keep);
        for (int i = 0; i < count; i += TLanes.Count)
        {
            var gradient = TLanes.Multiply(TLanes.Load(gradients + i), scale);
            var mean = TLanes.MultiplyAdd(TLanes.Load(means + i), meanDecay, TLanes.Multiply(gradient, meanShare));
            var square = TLanes.MultiplyAdd(TLanes.Load(squares + i), squareDecay, TLanes.Multiply(TLanes.Multiply(gradient, gradient), squareShare));
            TLanes.Store(mean, means + i);
            TLanes.Store(square, squares + i);
            var denominator = TLanes.MultiplyAdd(TLanes.Sqrt(square), root, epsilon);
            var weight = TLanes.Multiply(TLanes.Load(weights + i), keep);
            TLanes.Store(TLanes.MultiplyAdd(rate, TLanes.Divide(mean, denominator), weight), weights + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float AddLanes(float* lanes)
    {
        float first = (lanes[0] + lanes[8] + (lanes[4] + lanes[12])) + (lanes[2] + lanes[10] + (lanes[6] + lanes[14]));
        return first + ((lanes[1] + lanes[9] + (lanes[5] + lanes[13])) + (lanes[3] + lanes[11] + (lanes[7] + lanes[15])));
    }

    private static void Affine<TStart>(float* x, int xStride, int rows, float* weights, int inputs, float* bias, float* y, int yStride, int outputs)
        where TStart : IStart
    {
        var sweep = new Sweep(x, xStride, 1, rows, inputs, false, yStride, yStride);
        int output = 0;
        for (; output <= outputs - TLanes.Count - 1; output += 2 * TLanes.Count)
            Sweep4x2<TStart, Plain>(sweep, weights + output, bias + output, y + output);
        if (output < outputs)
            Sweep8x1<TStart, Plain>(sweep, weights + output, bias + output, y + output);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<TActivation>(float* values, int count)
        where TActivation : IActivation
    {
        for (int i = 0; i < count; i += TLanes.Count)
            TLanes.Store(TActivation.Value(TLanes.Load(values + i), out _), values + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ApplyWithSlopes<TActivation>(float* values, float* slopes, int count)
        where TActivation : IActivation
    {
        for (int i = 0; i < count; i += TLanes.Count)
        {
            var value = TActivation.Value(TLanes.Load(values + i), out var slope);
            TLanes.Store(value, values + i);
            TLanes.Store(slope, slopes + i);
        }
    }

    /// <summary>eˣ for x from −87 to 88, beyond as at these ends: 2ⁿ · 2ᶠ with a polynomial for 2ᶠ, |f| ≤ 1/2. Relative error below 3e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Exp(TLanes x)
    {
        x = TLanes.Min(TLanes.Max(x, TLanes.Create(-87f)), TLanes.Create(88f));
        var magic = TLanes.Create(12582912f);
        var shifted = TLanes.MultiplyAdd(x, TLanes.Create(1.44269504f), magic);
        var n = TLanes.Subtract(shifted, magic);

        // x − n ln 2 in two parts, so that no digit is lost; then the Taylor series of e to that power.
        var rest = TLanes.MultiplyAdd(n, TLanes.Create(-0.693359375f), x);
        rest = TLanes.MultiplyAdd(n, TLanes.Create(2.12194440e-4f), rest);
        var sum = TLanes.Create(1f / 5040);
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(1f / 720));
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(1f / 120));
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(1f / 24));
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(1f / 6));
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(0.5f));
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(1f));
        sum = TLanes.MultiplyAdd(sum, rest, TLanes.Create(1f));
        return TLanes.ScaleByPowerOfTwo(sum, shifted);
    }

    private interface IActivation
    {
        static abstract TLanes Value(TLanes x, out TLanes slope);
    }

    private readonly struct ReluFunction : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value(TLanes x, out TLanes slope)
        {
            slope = TLanes.IfPositive(x, TLanes.Create(1), default);
            return TLanes.Max(x, default);
        }
    }

    private readonly struct LeakyReluFunction : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value(TLanes x, out TLanes slope)
        {
            slope = TLanes.IfPositive(x, TLanes.Create(1), TLanes.Create(LeakySlope));
            return TLanes.Multiply(x, slope);
        }
    }

    private readonly struct EluFunction : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value(TLanes x, out TLanes slope)
        {
            var power = Exp(TLanes.Min(x, default));
            slope = TLanes.IfPositive(x, TLanes.Create(1), power);
            return TLanes.IfPositive(x, x, TLanes.Subtract(power, TLanes.Create(1)));
        }
    }

    private readonly struct SiluFunction : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value(TLanes x, out TLanes slope)
        {
            var share = SigmoidFunction.Value(x, out _);
            var value = TLanes.Multiply(x, share);
            slope = TLanes.MultiplyAdd(value, TLanes.Subtract(TLanes.Create(1), share), share);
            return value;
        }
    }

    private readonly struct TanhFunction : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value(TLanes x, out TLanes slope)
        {
            // 2 σ(2x) − 1: absolute error below 2e-7, which is what a score can see.
            var share = SigmoidFunction.Value(TLanes.Add(x, x), out _);
            var value = TLanes.MultiplyAdd(TLanes.Create(2), share, TLanes.Create(-1));
            slope = TLanes.Subtract(TLanes.Create(1), TLanes.Multiply(value, value));
            return value;
        }
    }

    private readonly struct SigmoidFunction : IActivation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TLanes Value(TLanes x, out TLanes slope)
        {
            var one = TLanes.Create(1);
            var value = TLanes.Divide(one, TLanes.Add(one, Exp(TLanes.Subtract(default, x))));
            slope = TLanes.Multiply(value, TLanes.Subtract(one, value));
            return value;
        }
    }
}
