using System.Runtime.CompilerServices;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>Gradients of the squared reconstruction error over some rows, tile by tile. One thread's workspace.</summary>
/// <remarks>D. E. Rumelhart, G. E. Hinton, R. J. Williams, <i>Learning representations by back-propagating errors</i>, 1986.</remarks>
internal sealed unsafe class Backpropagation
{
    /// <summary>Rows that go forward and back together: their activations stay in the first-level cache.</summary>
    public const int TileRows = 32;

    private readonly NetworkLayout _layout;
    private readonly INetworkKernel _kernel;
    private readonly AlignedFloats _memory;
    private readonly float*[] _values;
    private readonly float*[] _slopes;
    private readonly float* _targets;
    private readonly float* _deltas;
    private readonly float* _nextDeltas;
    private readonly float* _factors;
    private readonly float* _errors;

    public Backpropagation(NetworkLayout layout, INetworkKernel kernel)
    {
        _layout = layout;
        _kernel = kernel;
        _memory = new AlignedFloats(MemoryOf(layout));
        _values = new float*[layout.Widths.Length];
        _slopes = new float*[layout.Widths.Length];
        float* at = _memory.Pointer;
        for (int level = 0; level < layout.Widths.Length; level++)
        {
            _values[level] = Take(ref at, TileRows * layout.Stride(level));
            if (level > 0)
                _slopes[level] = Take(ref at, TileRows * layout.Stride(level));
        }

        _targets = Take(ref at, TileRows * layout.Stride(0));
        _deltas = Take(ref at, TileRows * layout.WidestStride);
        _nextDeltas = Take(ref at, TileRows * layout.WidestStride);
        _factors = Take(ref at, TileRows);
        _errors = Take(ref at, TileRows);
    }

    /// <summary>Floats of workspace.</summary>
    public static long MemoryOf(NetworkLayout layout)
    {
        long floats = (2L * layout.WidestStride) + layout.Stride(0) + 2;
        for (int level = 0; level < layout.Widths.Length; level++)
            floats += (level > 0 ? 2L : 1L) * layout.Stride(level);
        return TileRows * floats;
    }

    /// <summary>The squared errors of rows, summed over columns; without dropout and noise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Errors(float* parameters, FeatureMatrix data, ReadOnlySpan<int> rows, float limit, Span<float> errors)
    {
        for (int start = 0; start < rows.Length; start += TileRows)
        {
            int count = Math.Min(TileRows, rows.Length - start);
            Gather(data, rows.Slice(start, count), limit);
            Forward(parameters, count, null, 0);
            Compare(count);
            new ReadOnlySpan<float>(_errors, count).CopyTo(errors[start..]);
        }
    }

    /// <summary>Adds the gradient of Σ factor · squared error over rows, and gives their squared errors.</summary>
    /// <param name="parameters">Weights and biases.</param>
    /// <param name="transposed">The weights with outputs as rows; see <see cref="TransposedWeights"/>.</param>
    /// <param name="data">All rows.</param>
    /// <param name="rows">Those that teach.</param>
    /// <param name="factors">One factor per row: 2 / (rows · columns), or 0 for rows that do not teach.</param>
    /// <param name="plan">Noise and dropout.</param>
    /// <param name="limit">What cells are limited to.</param>
    /// <param name="firstTile">The number of the first tile since training began: it says which random numbers are drawn.</param>
    /// <param name="gradient">What is added to.</param>
    /// <param name="errors">Receives one squared error per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddGradient(
        float* parameters,
        TransposedWeights transposed,
        FeatureMatrix data,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<float> factors,
        TrainingPlan plan,
        float limit,
        long firstTile,
        float* gradient,
        Span<float> errors)
    {
        for (int start = 0; start < rows.Length; start += TileRows)
        {
            int count = Math.Min(TileRows, rows.Length - start);
            long tile = firstTile + (start / TileRows);
            Gather(data, rows.Slice(start, count), limit);
            if (plan.InputNoise > 0)
                AddNoise(count, plan, tile);
            Forward(parameters, count, plan, tile);
            var tileFactors = new Span<float>(_factors, TileRows);
            factors.Slice(start, count).CopyTo(tileFactors);
            tileFactors[count..].Clear();
            Compare(count);
            Backward(plan, transposed, Padded(count), gradient);
            new ReadOnlySpan<float>(_errors, count).CopyTo(errors[start..]);
        }
    }

    private static float* Take(ref float* at, int count)
    {
        float* taken = at;
        at += count;
        return taken;
    }

    private static int Padded(int rows) => Blocks.RoundUp(rows, KernelShape.RowTile);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(FeatureMatrix data, ReadOnlySpan<int> rows, float limit)
    {
        int stride = _layout.Stride(0);
        int columns = _layout.Columns;
        for (int i = 0; i < rows.Length; i++)
            data.Cells(rows[i]).CopyTo(new Span<float>(_targets + (i * stride), columns));
        _kernel.Limit(_targets, limit, _targets, rows.Length * stride);
        new ReadOnlySpan<float>(_targets, rows.Length * stride).CopyTo(new Span<float>(_values[0], TileRows * stride));
    }

    /// <summary>Sums of eight 16-bit uniform numbers are all but normal (Irwin and Hall), and are the same on every platform.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddNoise(int rows, TrainingPlan plan, long tile)
    {
        var random = RandomStreams.Noise(plan.Seed, tile);
        int stride = _layout.Stride(0);
        float scale = (float)(plan.InputNoise / Math.Sqrt(8.0 / 12) / 65536);
        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < _layout.Columns; j++)
            {
                int sum = 0;
                for (int word = 0; word < 4; word++)
                {
                    uint bits = random.NextUInt32();
                    sum += (int)(bits & 0xFFFF) + (int)(bits >> 16);
                }

                _values[0][(row * stride) + j] += scale * (sum - (4 * 65535));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(float* parameters, int count, TrainingPlan? plan, long tile)
    {
        int rows = Padded(count);
        for (int layer = 0; layer < _layout.Layers; layer++)
        {
            int stride = _layout.Stride(layer + 1);
            float* values = _values[layer + 1];
            _kernel.Affine(
                _values[layer],
                _layout.Stride(layer),
                rows,
                parameters + _layout.Weights(layer),
                _layout.Widths[layer],
                parameters + _layout.Biases(layer),
                values,
                stride,
                stride);
            if (plan is null)
                _kernel.Activate(_layout.Activations[layer], values, rows * stride);
            else if (HasSlopes(plan, layer))
                _kernel.ActivateWithSlopes(_layout.Activations[layer], values, _slopes[layer + 1], rows * stride);
            DenseNetwork.ClearPadding(_layout, layer, values, rows);
            if (plan is not null && DropsOut(plan, layer))
                DropOut(plan, tile, layer, rows);
        }
    }

    private bool DropsOut(TrainingPlan plan, int layer) => plan.DropoutFraction > 0 && layer < _layout.Layers - 1;

    private bool HasSlopes(TrainingPlan plan, int layer) => _layout.Activations[layer] != NetworkActivation.Linear || DropsOut(plan, layer);

    /// <summary>Zeroes hidden values at random and scales the others up, so that their expectation stays (N. Srivastava et al., <i>Dropout</i>, JMLR 2014).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DropOut(TrainingPlan plan, long tile, int layer, int rows)
    {
        var random = RandomStreams.Dropout(plan.Seed, (tile * _layout.Layers) + layer);
        uint dropped = (uint)(plan.DropoutFraction * uint.MaxValue);
        float scale = (float)(1 / (1 - plan.DropoutFraction));
        int stride = _layout.Stride(layer + 1);
        for (int row = 0; row < rows; row++)
        {
            float* values = _values[layer + 1] + (row * stride);
            float* slopes = _slopes[layer + 1] + (row * stride);
            for (int j = 0; j < _layout.Widths[layer + 1]; j++)
            {
                float factor = random.NextUInt32() < dropped ? 0 : scale;
                values[j] *= factor;
                slopes[j] *= factor;
            }
        }
    }

    private void Compare(int count)
    {
        int last = _layout.Layers;
        _kernel.Differences(_values[last], _targets, _layout.Stride(last), Padded(count), _factors, _deltas, _errors);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(TrainingPlan plan, TransposedWeights transposed, int rows, float* gradient)
    {
        float* deltas = _deltas;
        float* next = _nextDeltas;
        for (int layer = _layout.Layers - 1; layer >= 0; layer--)
        {
            int stride = _layout.Stride(layer + 1);
            if (HasSlopes(plan, layer))
                _kernel.Multiply(deltas, _slopes[layer + 1], rows * stride);
            _kernel.AddProducts(
                _values[layer], _layout.Stride(layer), _layout.Widths[layer], deltas, stride, stride, rows, gradient + _layout.Weights(layer));
            _kernel.AddRows(deltas, stride, rows, gradient + _layout.Biases(layer));
            if (layer > 0)
            {
                int inputStride = _layout.Stride(layer);
                _kernel.Affine(deltas, stride, rows, transposed.Of(layer), _layout.Widths[layer + 1], null, next, inputStride, inputStride);
                float* used = deltas;
                deltas = next;
                next = used;
            }
        }

        GC.KeepAlive(_memory);
    }
}
