using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Torch;
using AnomalyKit.Autoencoder.Training;

namespace AnomalyKit;

/// <summary>Fits autoencoders with TorchSharp, on CPU or CUDA: for networks of hundreds of thousands of weights and more. The fitted detector scores with managed code.</summary>
/// <remarks>
/// <para>
/// The options are <see cref="AutoencoderTrainer"/>'s, and a network starts from the same weights; from there on random numbers and rounding differ. The whole set is moved
/// to the device, permuted there, and no step waits for the device. Device memory: two copies of the scaled rows, about 20 bytes a weight, and a batch's activations.
/// </para>
/// <para>
/// Two fits with one seed give the same weights on one CPU thread (<see cref="CpuThreads"/> 1). With more threads, and on CUDA, sums are added in other orders.
/// </para>
/// <para>
/// The application references the native library: <c>libtorch-cpu-linux-x64</c> or its like, or a CUDA package, 2.10.0. Where it is missing or cannot be loaded,
/// Fit throws <see cref="TorchUnavailableException"/>.
/// </para>
/// </remarks>
public sealed record TorchAutoencoderTrainer : AutoencoderTrainerBase
{
    /// <summary>Where the network is trained.</summary>
    /// <value><see cref="TorchDevice.Auto"/> by default: CUDA where there is a device, else the CPU.</value>
    public TorchDevice Device { get; init; }

    /// <summary>The threads that LibTorch computes with on the CPU. It is a setting of the process: the last fit that begins decides.</summary>
    /// <value>From 1 (the default, which makes fits repeatable) to 1,024. More than one pays for wide layers.</value>
    public int CpuThreads { get; init => field = InRange(value, 1, 1024, nameof(CpuThreads)); } = 1;

    /// <summary>The rows on the device, a batch's units of all layers and their gradients; weights, gradients, two moments and a copy.</summary>
    internal override long EstimateTraining(int[] widths, int rows) =>
        4 * (((long)rows * widths[0]) + (3L * Math.Min(rows, BatchSize) * widths.Sum(width => (long)width)) + (5 * NetworkLayout.LengthOf(widths)));

    internal override (float[] Parameters, AutoencoderEpoch[] Epochs) TrainNetwork(
        NetworkLayout layout, TrainingPlan plan, TrainingRows rows, FitContext context)
    {
        var device = TorchRuntime.Resolve(Device);
        TorchThreads.Set(CpuThreads);
        using var training = new TorchTraining(layout, plan, rows, device, context);
        return training.Run();
    }
}
