using AnomalyKit.Autoencoder;
using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;

namespace AnomalyKit;

/// <summary>Fits autoencoders with managed vector code: no native library, and for networks as small as tables need several times as fast as tensor frameworks.</summary>
/// <remarks>
/// <para>
/// Mini-batch gradients by backpropagation, steps by Adam (D. P. Kingma, J. Ba, ICLR 2015). Cost: about three times the weights in multiply-adds, a row and epoch;
/// with the robust mode four times. Memory: the scaled rows (4 bytes a cell; none where no scaling is chosen), 16 bytes a row,
/// 20 bytes a weight, and 4 bytes a weight for each of up to 16 parts of a batch.
/// </para>
/// <para>
/// Two fits with one seed give the same weights, bit for bit, at any degree of parallelism and any vector width. Networks of fewer than some 60,000 weights
/// are trained on one thread: a step of theirs is over before another thread would have woken up.
/// </para>
/// </remarks>
public sealed record AutoencoderTrainer : AutoencoderTrainerBase
{
    internal override long EstimateTraining(int[] widths, int rows) => NetworkTraining.EstimateMemory(widths, Math.Min(rows, BatchSize));

    internal override (float[] Parameters, AutoencoderEpoch[] Epochs) TrainNetwork(
        NetworkLayout layout, TrainingPlan plan, TrainingRows rows, FitContext context) =>
        new NetworkTraining(layout, plan, rows, NetworkKernels.Resolve(Kernel), context).Run();
}
