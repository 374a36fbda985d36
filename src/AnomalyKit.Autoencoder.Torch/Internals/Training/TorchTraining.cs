using TorchSharp;
using static TorchSharp.torch;

namespace AnomalyKit.Autoencoder.Torch;

/// <summary>Mini-batch training on a device. Rows are moved there once and permuted there; losses come back once an epoch.</summary>
internal sealed class TorchTraining : IDisposable
{
    private const int ReportSteps = 64;
    private const int UploadRows = 1 << 16;
    private const int ValidationRows = 1 << 16;

    private readonly AutoencoderTraining _training;
    private readonly AutoencoderTrainer _options;
    private readonly TorchNetwork _network;
    private readonly TorchAdam _adam;
    private readonly Tensor _rows;
    private readonly Tensor _validation;
    private readonly Generator _generator;
    private readonly Device _device;

    public TorchTraining(AutoencoderTraining training, Device device)
    {
        _training = training;
        _options = training.Trainer;
        _device = device;
        _network = new TorchNetwork(training.Layers, training.InitialWeights(), device);
        _adam = new TorchAdam(_network.Flat);
        _generator = new Generator(_options.Seed, device);
        try
        {
            _rows = Upload(training.TrainingRowCount, training.CopyTrainingRows);
            _validation = Upload(training.ValidationRowCount, training.CopyValidationRows);
        }
        catch
        {
            // Cancelled, or the device's memory is full: what is there already belongs to nobody else, and a next attempt needs its room.
            Dispose();
            throw;
        }
    }

    /// <summary>Trains.</summary>
    /// <returns>The last weights.</returns>
    public float[] Run()
    {
        for (int epoch = 0; epoch < _options.MaxEpochs; epoch++)
        {
            double loss = RunEpoch(epoch);
            double? validation = _validation.shape[0] > 0 ? ValidationLoss() : null;
            if (_training.EndEpoch(loss, validation, _network.CopyWeights))
                break;
        }

        return _network.CopyWeights();
    }

    public void Dispose()
    {
        _network.Dispose();
        _adam.Dispose();
        _rows?.Dispose();
        _validation?.Dispose();
        _generator.Dispose();
    }

    private double RunEpoch(int epoch)
    {
        using var scope = NewDisposeScope();
        long count = _rows.shape[0];
        using var order = randperm(count, device: _device, generator: _generator);
        using var permuted = _rows.index_select(0, order);
        using var sum = zeros(1, ScalarType.Float64, _device);
        long taught = 0;
        long steps = (count + _options.BatchSize - 1) / _options.BatchSize;
        double rate = _training.LearningRateOf(epoch);
        for (long step = 0; step < steps; step++)
        {
            _training.Context.CancellationToken.ThrowIfCancellationRequested();
            if (step % ReportSteps == 0)
                _training.ReportEpoch((double)step / steps);
            long start = step * _options.BatchSize;
            taught += RunStep(permuted, start, Math.Min(_options.BatchSize, count - start), rate, sum);
        }

        return sum.item<double>() / taught;
    }

    private long RunStep(Tensor permuted, long start, long count, double rate, Tensor sum)
    {
        using var scope = NewDisposeScope();
        var targets = permuted.narrow(0, start, count);
        int kept = _training.KeptRowCount((int)count);
        bool random = _options.InputNoise > 0 || _options.DropoutFraction > 0;
        Tensor? teaching = null;
        if (kept < count && random)
        {
            // Which rows fit worst is told by the network itself, without noise and dropout.
            using (no_grad())
                teaching = Errors(targets, targets).topk(kept, largest: false).indexes;
        }

        // Scalars that outlive the operations they are for: see TorchAdam.
        using Scalar one = 1;
        using Scalar noise = _options.InputNoise;
        var inputs = _options.InputNoise > 0
            ? targets.add(randn(targets.shape, device: _device, generator: _generator).mul(noise), alpha: one)
            : targets;
        var errors = Errors(inputs, targets, _options.DropoutFraction);
        if (teaching is not null)
            errors = errors.index_select(0, teaching);
        else if (kept < count)
            errors = errors.topk(kept, largest: false).values;
        var loss = errors.mean();
        var gradients = autograd.grad([loss], [.. _network.Leaves]);
        using Scalar taught = kept;
        using (no_grad())
        {
            var flat = cat([.. gradients.Select(gradient => gradient.reshape(-1))]);
            _adam.Step(flat, rate, _options.WeightDecay, _options.MaxGradientNorm);
            sum.add_(loss.to(ScalarType.Float64).mul(taught), alpha: one);
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
            _training.Context.CancellationToken.ThrowIfCancellationRequested();
            var rows = _validation.narrow(0, start, Math.Min(ValidationRows, count - start));
            parts.Add(Errors(rows, rows));
        }

        var errors = cat(parts);
        int kept = _training.KeptRowCount((int)count);
        return (kept < count ? errors.topk(kept, largest: false).values : errors).to(ScalarType.Float64).mean().item<double>();
    }

    private Tensor Upload(int rows, Action<int, Span<float>> copy)
    {
        using var scope = NewDisposeScope();
        int columns = _training.ColumnCount;
        var all = empty([rows, columns], ScalarType.Float32, _device);
        int blockRows = Math.Clamp((1 << 26) / columns, 1, UploadRows);
        var block = new float[Math.Min(blockRows, rows) * columns];
        for (int start = 0; start < rows; start += blockRows)
        {
            _training.Context.CancellationToken.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            int count = Math.Min(blockRows, rows - start);
            copy(start, block.AsSpan(0, count * columns));
            var cells = tensor(block, [block.Length / columns, columns]);
            all.narrow(0, start, count).copy_(cells.narrow(0, 0, count));
        }

        return all.DetachFromDisposeScope();
    }
}
