using AnomalyKit.Autoencoder.Torch;

namespace AnomalyKit;

/// <summary>Trains autoencoders with TorchSharp, on CPU or CUDA: for networks of hundreds of thousands of weights and more. The fitted detector scores with managed code.</summary>
/// <remarks>
/// <para>
/// Use it as the <see cref="AutoencoderTrainer.Engine"/> of an <see cref="AutoencoderTrainer"/>, whose options stay as they are. A network starts from the same weights as
/// with the <see cref="ManagedEngine"/>; from there on random numbers and rounding differ.
/// </para>
/// <para>
/// All rows are moved to the device and permuted there, and no step waits for the device. Device memory: two copies of the scaled rows, about 20 bytes per weight, and the
/// activations of a batch.
/// </para>
/// <para>
/// Two fits with one seed give the same weights on one CPU thread (<see cref="CpuThreads"/> 1). With more threads, and on CUDA, sums are added in varying orders.
/// </para>
/// <para>
/// The application references the native library: <c>libtorch-cpu-linux-x64</c>, its counterpart for another platform, or a CUDA package, version 2.10.0. If it is missing or
/// cannot be loaded, Fit throws <see cref="TorchUnavailableException"/>.
/// </para>
/// </remarks>
public sealed record TorchEngine : AutoencoderEngine
{
    /// <summary>Where the network is trained.</summary>
    /// <value><see cref="TorchDevice.Auto"/> by default: CUDA if there is such a device, else the CPU.</value>
    public TorchDevice Device { get; init; }

    /// <summary>The number of threads that LibTorch computes with on the CPU. It is a setting of the process, so the fit that began last decides.</summary>
    /// <value>From 1 (the default, which makes fits repeatable) to 1,024. More than one pays off for wide layers.</value>
    public int CpuThreads
    {
        get;
        init => field = value is >= 1 and <= 1024
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CpuThreads), value, "CpuThreads must lie between 1 and 1024.");
    } = 1;

    /// <inheritdoc/>
    /// <remarks>The rows on the device; the units of all layers and their gradients for one batch; weights, gradients, two moments and a copy.</remarks>
    protected override long EstimateMemory(AutoencoderTrainer trainer, IReadOnlyList<AutoencoderLayer> layers, int rows)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(layers);
        long columns = layers[0].InputCount;
        long units = columns + layers.Sum(layer => (long)layer.OutputCount);
        long weights = layers.Sum(layer => (layer.InputCount + 1L) * layer.OutputCount);
        return 4 * ((rows * columns) + (3 * Math.Min(rows, trainer.BatchSize) * units) + (5 * weights));
    }

    /// <inheritdoc/>
    /// <exception cref="TorchUnavailableException">The native library cannot be loaded, or the device does not exist.</exception>
    protected override float[] Train(AutoencoderTraining training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var probe = TorchRuntime.Find(Device);
        if (probe.Device is null)
            throw new TorchUnavailableException(probe.Problem, probe.Cause);
        TorchThreads.Set(CpuThreads);
        using var network = new TorchTraining(training, probe.Device);
        return network.Run();
    }
}
