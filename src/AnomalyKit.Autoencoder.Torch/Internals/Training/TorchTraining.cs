using AnomalyKit.Autoencoder.Training;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>Mini-batch training on a device. Rows are moved there once and permuted there; losses come back once an epoch.</summary>
internal sealed class TorchTraining : IDisposable
{
    private const int ReportSteps = 64;
    private const int UploadRows = 1 << 16;
    private const int ValidationRows = 1 << 16;

    private readonly TrainingPlan _plan;
    private readonly FitContext _context;
    private readonly TorchNetwork _network;
    private readonly TorchAdam _adam;
    private readonly Tensor _rows;
    private readonly Tensor _validation;
    private readonly Generator _generator;
    private readonly Device _device;

    public TorchTraining(NetworkLayout layout, TrainingPlan plan, TrainingRows rows, Device device, FitContext context)
    {
        _plan = plan;
        _context = context;
        _device = device;
        _network = new TorchNetwork(layout, InitialWeights.Draw(layout, plan.Seed), device);
        _adam = new TorchAdam(_network.Flat);
        _generator = new Generator(plan.Seed, device);
        try
        {
            _rows = Upload(rows, rows.Training);
            _validation = Upload(rows, rows.Validation);
        }
        catch
        {
            // Cancelled, or the device's memory is full: what is there already belongs to nobody else, and a next attempt needs its room.
            Dispose();
            throw;
        }
    }

    /// <summary>Trains.</summary>
    /// <returns>The weights in the managed layout, and how each epoch went.</returns>
    public (float[] Parameters, AutoencoderEpoch[] Epochs) Run()
    {
        var history = new TrainingHistory(_plan);
        for (int epoch = 0; epoch < _plan.Epochs; epoch++)
        {
            double loss = RunEpoch(epoch, history.Stage);
            double? validation = _validation.shape[0] > 0 ? ValidationLoss() : null;
            if (history.Add(loss, validation, _network.ToManaged))
                break;
        }

        return (history.Best(_network.ToManaged), history.Epochs);
    }

    public void Dispose()
    {
        _network.Dispose();
        _adam.Dispose();
        _rows?.Dispose();
        _validation?.Dispose();
        _generator.Dispose();
    }

    private double RunEpoch(int epoch, string stage)
    {
        using var scope = NewDisposeScope();
        long count = _rows.shape[0];
        using var order = randperm(count, device: _device, generator: _generator);
        using var permuted = _rows.index_select(0, order);
        using var sum = zeros(1, ScalarType.Float64, _device);
        long taught = 0;
        long steps = (count + _plan.BatchSize - 1) / _plan.BatchSize;
        double rate = _plan.RateOf(epoch);
        for (long step = 0; step < steps; step++)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            if (step % ReportSteps == 0)
                _context.Report(stage, (epoch + ((double)step / steps)) / _plan.Epochs);
            long start = step * _plan.BatchSize;
            taught += RunStep(permuted, start, Math.Min(_plan.BatchSize, count - start), rate, sum);
        }

        return sum.item<double>() / taught;
    }

    private long RunStep(Tensor permuted, long start, long count, double rate, Tensor sum)
    {
        using var scope = NewDisposeScope();
        var targets = permuted.narrow(0, start, count);
        int kept = TrimmedLoss.Kept((int)count, _plan.TrimmedFraction);
        bool random = _plan.InputNoise > 0 || _plan.Dropout > 0;
        Tensor? teaching = null;
        if (kept < count && random)
        {
            // Which rows fit worst is told by the network itself, without noise and dropout.
            using (no_grad())
                teaching = Errors(targets, targets).topk(kept, largest: false).indexes;
        }

        var inputs = _plan.InputNoise > 0
            ? targets + (randn(targets.shape, device: _device, generator: _generator) * _plan.InputNoise)
            : targets;
        var errors = Errors(inputs, targets, _plan.Dropout);
        if (teaching is not null)
            errors = errors.index_select(0, teaching);
        else if (kept < count)
            errors = errors.topk(kept, largest: false).values;
        var loss = errors.mean();
        var gradients = autograd.grad([loss], [.. _network.Leaves]);
        using (no_grad())
        {
            var flat = cat([.. gradients.Select(gradient => gradient.reshape(-1))]);
            _adam.Step(flat, rate, _plan.WeightDecay, _plan.GradientClip);
            sum.add_(loss.to(ScalarType.Float64) * kept);
        }

        return kept;
    }

    /// <summary>Each row's mean squared error.</summary>
    private Tensor Errors(Tensor inputs, Tensor targets, double dropout = 0) =>
        (_network.Map(inputs, dropout, _generator) - targets).square().mean([1]);

    private double ValidationLoss()
    {
        using var scope = NewDisposeScope();
        using var gradients = no_grad();
        long count = _validation.shape[0];
        var parts = new List<Tensor>();
        for (long start = 0; start < count; start += ValidationRows)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            var rows = _validation.narrow(0, start, Math.Min(ValidationRows, count - start));
            parts.Add(Errors(rows, rows));
        }

        var errors = cat(parts);
        int kept = TrimmedLoss.Kept((int)count, _plan.TrimmedFraction);
        return (kept < count ? errors.topk(kept, largest: false).values : errors).to(ScalarType.Float64).mean().item<double>();
    }

    private Tensor Upload(TrainingRows rows, int[] which)
    {
        using var scope = NewDisposeScope();
        int columns = rows.Data.ColumnCount;
        var all = empty([which.Length, columns], ScalarType.Float32, _device);
        int blockRows = Math.Clamp((1 << 26) / columns, 1, UploadRows);
        var block = new float[Math.Min(blockRows, which.Length) * columns];
        for (int start = 0; start < which.Length; start += blockRows)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            int count = Math.Min(blockRows, which.Length - start);
            for (int i = 0; i < count; i++)
            {
                var row = rows.Data.Row(which[start + i]);
                for (int j = 0; j < columns; j++)
                    block[(i * columns) + j] = Math.Clamp(row[j], -rows.Limit, rows.Limit);
            }

            var cells = tensor(block, [block.Length / columns, columns]);
            all.narrow(0, start, count).copy_(cells.narrow(0, 0, count));
        }

        return all.DetachFromDisposeScope();
    }
}
