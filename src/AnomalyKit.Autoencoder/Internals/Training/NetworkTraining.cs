using System.Runtime.CompilerServices;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Numerics;
using AnomalyKit.Simd;

namespace AnomalyKit.Autoencoder.Training;

/// <summary>Mini-batch training with Adam (D. P. Kingma, J. Ba, <i>Adam</i>, ICLR 2015; decoupled weight decay as I. Loshchilov, F. Hutter, ICLR 2019).</summary>
/// <remarks>
/// A batch is cut into chunks whose size follows from the network alone; each has a gradient of its own, and they are added in order. So the weights are the
/// same, bit for bit, at any number of threads. Small networks make one chunk: a step of theirs is over before a second thread would have woken up.
/// </remarks>
internal sealed unsafe class NetworkTraining
{
    private const int MostChunks = 16;
    private const long ProductsPerChunk = 1L << 21;
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-8f;
    private const int ReportSteps = 64;

    private readonly NetworkLayout _layout;
    private readonly TrainingPlan _plan;
    private readonly TrainingRows _rows;
    private readonly FitContext _context;
    private readonly INetworkKernel _kernel;
    private readonly AlignedFloats _parameters;
    private readonly AlignedFloats _means;
    private readonly AlignedFloats _squares;
    private readonly AlignedFloats[] _gradients;
    private readonly Backpropagation[] _workspaces;
    private readonly TransposedWeights _transposed;
    private readonly int _chunkRows;
    private readonly float[] _factors;
    private readonly float[] _errors;
    private readonly float[] _selection;
    private readonly RowTeaching? _teaching;
    private long _step;
    private long _tile;

    public NetworkTraining(NetworkLayout layout, TrainingPlan plan, TrainingRows rows, INetworkKernel kernel, FitContext context)
    {
        _layout = layout;
        _plan = plan;
        _rows = rows;
        _context = context;
        _kernel = kernel;
        _parameters = new AlignedFloats(layout.Length);
        InitialWeights.Draw(layout, plan.Seed).CopyTo(_parameters.Span);
        _means = new AlignedFloats(layout.Length);
        _squares = new AlignedFloats(layout.Length);
        _transposed = new TransposedWeights(layout);
        int batch = Math.Min(plan.BatchSize, rows.Training.Length);
        _chunkRows = ChunkRows(layout.Products, batch);
        int chunks = Blocks.Count(batch, _chunkRows);
        _gradients = new AlignedFloats[chunks];
        _workspaces = new Backpropagation[chunks];
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            _gradients[chunk] = new AlignedFloats(layout.Length);
            _workspaces[chunk] = new Backpropagation(layout, kernel);
        }

        _factors = new float[batch];
        _errors = new float[batch];
        _selection = plan.TrimmedFraction > 0 ? new float[batch] : [];
        _teaching = rows.Data.HasWeights ? new RowTeaching(rows) : null;
    }

    /// <summary>Bytes that training takes besides the rows, so many of them a batch.</summary>
    public static long EstimateMemory(int[] widths, int batch)
    {
        long products = 0;
        long workspace = 0;
        for (int layer = 0; layer + 1 < widths.Length; layer++)
        {
            products += (long)widths[layer] * widths[layer + 1];
            workspace += 2L * widths[layer];
        }

        int chunkRows = ChunkRows(products, batch);
        long chunks = Blocks.Count(batch, chunkRows);
        long weights = NetworkLayout.LengthOf(widths);

        // Weights, their two moments, their transpose and the copy that is handed on; a gradient and a workspace a chunk; three floats a row of a batch.
        workspace = Backpropagation.TileRows * (workspace + (3L * widths.Max()) + widths[^1]);
        return 4 * ((5 * weights) + (chunks * (weights + workspace)) + (3L * batch));
    }

    /// <summary>Trains.</summary>
    /// <param name="history">Is told how each epoch went, and decides when to stop.</param>
    /// <returns>The last weights, without padding.</returns>
    public float[] Run(TrainingHistory history)
    {
        int[] order = [.. _rows.Training];
        for (int epoch = 0; epoch < _plan.MaxEpochs; epoch++)
        {
            Shuffle(order, epoch);
            double loss = RunEpoch(order, epoch, history.Stage);
            double? validation = _rows.Validation.Length > 0 ? ValidationLoss() : null;
            if (history.Add(loss, validation, Weights))
                break;
        }

        return Weights();
    }

    private static int ChunkRows(long products, int batch)
    {
        long wanted = Math.Max(ProductsPerChunk / products, Blocks.Count(batch, MostChunks));
        return Blocks.RoundUp((int)Math.Min(wanted, 1 << 20), Backpropagation.TileRows);
    }

    private float[] Weights() => CompactParameters.From(_layout, _parameters.Span);

    private double RunEpoch(int[] order, int epoch, string stage)
    {
        int steps = Blocks.Count(order.Length, _plan.BatchSize);
        double rate = _plan.RateOf(epoch);
        double sum = 0;
        double taught = 0;
        for (int step = 0; step < steps; step++)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            if (step % ReportSteps == 0)
                _context.Report(stage, (epoch + ((double)step / steps)) / _plan.MaxEpochs);
            int start = step * _plan.BatchSize;
            sum += RunStep(order.AsMemory(start, Math.Min(_plan.BatchSize, order.Length - start)), rate, out double kept);
            taught += kept;
        }

        return sum / taught / _layout.Columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double RunStep(ReadOnlyMemory<int> batch, double rate, out double kept)
    {
        int count = batch.Length;
        int chunks = Blocks.Count(count, _chunkRows);
        _transposed.Update(_parameters.Pointer);
        kept = count;
        if (_plan.TrimmedFraction > 0)
        {
            ForChunks(chunks, chunk =>
            {
                int start = chunk * _chunkRows;
                int length = Math.Min(_chunkRows, count - start);
                _workspaces[chunk].Errors(_parameters.Pointer, _rows.Data, batch.Span.Slice(start, length), _rows.Limit, _errors.AsSpan(start, length));
            });
            if (_teaching is null)
                kept = TrimmedLoss.MarkTeaching(_errors.AsSpan(0, count), _plan.TrimmedFraction, _selection, _factors);
        }
        else
        {
            _factors.AsSpan(0, count).Fill(1);
        }

        double teaching = _teaching?.Mark(batch.Span, _factors.AsSpan(0, count), _errors.AsSpan(0, count), _plan.TrimmedFraction, out kept) ?? kept;
        float factor = (float)(2.0 / (teaching * _layout.Columns));
        for (int i = 0; i < count; i++)
            _factors[i] *= factor;
        ForChunks(chunks, chunk =>
        {
            int start = chunk * _chunkRows;
            int length = Math.Min(_chunkRows, count - start);
            _gradients[chunk].Span.Clear();
            _workspaces[chunk].AddGradient(
                _parameters.Pointer,
                _transposed,
                _rows.Data,
                batch.Span.Slice(start, length),
                _factors.AsSpan(start, length),
                _plan,
                _rows.Limit,
                _tile + (start / Backpropagation.TileRows),
                _gradients[chunk].Pointer,
                _errors.AsSpan(start, length));
        });
        _tile += Blocks.Count(count, Backpropagation.TileRows);
        for (int chunk = 1; chunk < chunks; chunk++)
            _kernel.Add(_gradients[0].Pointer, _gradients[chunk].Pointer, _layout.Length);
        Step(rate);
        if (_teaching is not null)
            return _teaching.Sum(batch.Span, _factors, _errors);

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            if (_factors[i] != 0)
                sum += _errors[i];
        }

        return sum;
    }

    private void Step(double rate)
    {
        _step++;
        var step = new AdamStepSize(
            GradientClipping.Scale(_gradients[0].Span, _plan.MaxGradientNorm),
            Beta1,
            Beta2,
            (float)Math.Sqrt(1 - Math.Pow(Beta2, _step)),
            (float)(rate / (1 - Math.Pow(Beta1, _step))),
            Epsilon,
            (float)(1 - (rate * _plan.WeightDecay)));
        _kernel.AdamStep(_parameters.Pointer, _gradients[0].Pointer, _means.Pointer, _squares.Pointer, _layout.Length, step);
    }

    private double ValidationLoss()
    {
        int count = _rows.Validation.Length;
        var errors = new float[count];
        int blockRows = 64 * Backpropagation.TileRows;
        int blocks = Blocks.Count(count, blockRows);
        // Workspaces are one a chunk of a batch; blocks take turns with them.
        int lanes = Math.Min(_workspaces.Length, blocks);
        ForChunks(lanes, lane =>
        {
            for (int block = lane; block < blocks; block += lanes)
            {
                _context.CancellationToken.ThrowIfCancellationRequested();
                int start = block * blockRows;
                int length = Math.Min(blockRows, count - start);
                _workspaces[lane].Errors(_parameters.Pointer, _rows.Data, _rows.Validation.AsSpan(start, length), _rows.Limit, errors.AsSpan(start, length));
            }
        });
        return (_teaching?.Mean(_rows.Validation, errors, _plan.TrimmedFraction) ?? TrimmedLoss.Mean(errors, _plan.TrimmedFraction)) / _layout.Columns;
    }

    private void ForChunks(int chunks, Action<int> body) => ParallelBlocks.For(chunks, _context.Threads, body, _context.CancellationToken);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Shuffle(int[] order, int epoch)
    {
        var random = RandomStreams.Order(_plan.Seed, epoch);
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = random.NextInt32(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
