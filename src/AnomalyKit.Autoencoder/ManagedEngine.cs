using AnomalyKit.Autoencoder.Kernels;
using AnomalyKit.Autoencoder.Training;

namespace AnomalyKit;

/// <summary>Trains with managed vector code on the CPU. It needs no native library, and on networks as small as tables need it is several times as fast as tensor frameworks.</summary>
/// <remarks>
/// <para>
/// Mini-batch gradients by backpropagation, steps by Adam (D. P. Kingma, J. Ba, ICLR 2015). Each row costs about three multiply-adds per weight and epoch, or four in the
/// robust mode. Memory: 16 bytes per row, 20 bytes per weight, and 4 bytes per weight for each of up to 16 parts of a batch.
/// </para>
/// <para>
/// Two fits with one seed give the same weights, bit for bit, at any degree of parallelism and any vector width. Networks of fewer than about 60,000 weights are
/// trained on one thread, because one of their steps is over before another thread would have woken up.
/// </para>
/// </remarks>
public sealed record ManagedEngine : AutoencoderEngine
{
    /// <inheritdoc/>
    public override bool AcceptsWeights => true;

    /// <inheritdoc/>
    protected internal override long EstimateMemory(AutoencoderTrainer trainer, IReadOnlyList<AutoencoderLayer> layers, int rows)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(layers);
        int[] widths = [layers[0].InputCount, .. layers.Select(layer => layer.OutputCount)];
        return NetworkTraining.EstimateMemory(widths, Math.Min(rows, trainer.BatchSize));
    }

    /// <inheritdoc/>
    protected internal override float[] Train(AutoencoderTraining training)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new NetworkTraining(training.Layout, training.Plan, training.Rows, NetworkKernels.Resolve(), training.Context).Run(training.History);
    }
}
