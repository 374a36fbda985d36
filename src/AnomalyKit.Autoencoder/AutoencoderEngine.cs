namespace AnomalyKit;

/// <summary>What computes the weights of an autoencoder: <see cref="ManagedEngine"/>, or the <c>TorchEngine</c> of the package AnomalyKit.Autoencoder.Torch.</summary>
/// <remarks>
/// <para>
/// An engine only trains. The options of the network and of its training belong to <see cref="AutoencoderTrainer"/>, and scoring is managed code whatever the engine was.
/// </para>
/// <para>
/// To write an engine, derive a record from this class; its properties become part of the equality of trainers. Engines are immutable and may train on any number of
/// threads at once.
/// </para>
/// </remarks>
public abstract record AutoencoderEngine
{
    /// <summary>Whether <see cref="Train"/> takes the weights of rows into account (<see cref="AutoencoderTraining.CopyTrainingWeights"/>). False by default.</summary>
    /// <value>Where it is false, the trainer refuses rows whose weights differ from 0 and 1.</value>
    public virtual bool AcceptsWeights => false;

    /// <summary>Estimates the memory that <see cref="Train"/> takes, apart from the scaled training rows.</summary>
    /// <param name="trainer">The trainer, for its options.</param>
    /// <param name="layers">The layers of the network, from the first hidden one to the output.</param>
    /// <param name="rows">The number of training rows.</param>
    /// <returns>Bytes.</returns>
    protected internal abstract long EstimateMemory(AutoencoderTrainer trainer, IReadOnlyList<AutoencoderLayer> layers, int rows);

    /// <summary>Trains a network.</summary>
    /// <param name="training">The network, its rows and options, and the callbacks for progress and losses.</param>
    /// <returns>
    /// The weights after the last epoch, in the order of <see cref="AutoencoderTraining.InitialWeights"/>. If <see cref="AutoencoderTrainer.Patience"/> is set, the trainer
    /// replaces them with the weights of the best epoch.
    /// </returns>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    protected internal abstract float[] Train(AutoencoderTraining training);
}
