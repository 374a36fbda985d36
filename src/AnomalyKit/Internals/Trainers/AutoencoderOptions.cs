using AnomalyKit.TextValues;

namespace AnomalyKit.Trainers;

internal static class AutoencoderOptions
{
    private const string Managed = "managed";

    private static readonly ValueText<AutoencoderEngine> Engines = new(
        Managed,
        text => TextWords.AreSame(text, Managed) ? new ManagedEngine() : throw new ArgumentException($"there is no engine '{text}' by name; write managed, or set another engine in code"),
        value => value is ManagedEngine ? Managed : null);

    public static OptionTable<AutoencoderTrainer> Table { get; } = new OptionTable<AutoencoderTrainer>("autoencoder", new())
        .With("HiddenWidths", "The widths of the hidden layers; null for half, a quarter and half of the columns.", ValueText.Widths.OrNothing(), t => t.HiddenWidths, (t, v) => t with { HiddenWidths = v })
        .With("Activation", "The activation function of the hidden layers.", ValueText.Enum<NetworkActivation>(), t => t.Activation, (t, v) => t with { Activation = v })
        .With("OutputActivation", "The activation function of the output layer.", ValueText.Enum<NetworkActivation>(), t => t.OutputActivation, (t, v) => t with { OutputActivation = v })
        .With("MaxEpochs", "The most passes over the training rows.", ValueText.Int32("from 1 to 1,000,000"), t => t.MaxEpochs, (t, v) => t with { MaxEpochs = v })
        .With("BatchSize", "The number of rows per optimizer step.", ValueText.Int32("from 1 to 1,048,576"), t => t.BatchSize, (t, v) => t with { BatchSize = v })
        .With("LearningRate", "The learning rate of Adam.", ValueText.Double("above 0, at most 10"), t => t.LearningRate, (t, v) => t with { LearningRate = v })
        .With("Schedule", "How the learning rate falls from epoch to epoch.", ValueText.Enum<LearningRateSchedule>(), t => t.Schedule, (t, v) => t with { Schedule = v })
        .With("WeightDecay", "Each step multiplies all weights by 1 − learning rate · weight decay.", ValueText.Double("from 0 to 1"), t => t.WeightDecay, (t, v) => t with { WeightDecay = v })
        .With("DropoutFraction", "The fraction of hidden units that each step leaves out.", ValueText.Double("from 0 to 0.9"), t => t.DropoutFraction, (t, v) => t with { DropoutFraction = v })
        .With("InputNoise", "The standard deviation of the noise that training adds to the inputs.", ValueText.Double("from 0 to 100"), t => t.InputNoise, (t, v) => t with { InputNoise = v })
        .With("MaxGradientNorm", "The length to which longer gradients are shortened; null for no limit.", ValueText.Double("above 0").OrNull(), t => t.MaxGradientNorm, (t, v) => t with { MaxGradientNorm = v })
        .With("TrimmedFraction", "The fraction of each batch, its worst-fitting rows, that the gradient leaves out.", ValueText.Double("from 0 to 0.5"), t => t.TrimmedFraction, (t, v) => t with { TrimmedFraction = v })
        .With("MaxInputMagnitude", "Scaled cells are clipped to ± this value before the network sees them.", ValueText.Double("from 0.000001 to 1,000,000"), t => t.MaxInputMagnitude, (t, v) => t with { MaxInputMagnitude = v })
        .With("Measure", "How the errors of a row become its score.", ValueText.Enum<ErrorMeasure>(), t => t.Measure, (t, v) => t with { Measure = v })
        .With("ValidationFraction", "The fraction of the rows that training does not use and measures its loss on.", ValueText.Double("from 0 to 0.5"), t => t.ValidationFraction, (t, v) => t with { ValidationFraction = v })
        .With("Patience", "Training ends after so many epochs without a lower validation loss; null to run all epochs.", ValueText.Int32("from 1 to 1,000,000").OrNull(), t => t.Patience, (t, v) => t with { Patience = v })
        .With("Engine", "What computes the weights.", Engines, t => t.Engine, (t, v) => t with { Engine = v })
        .WithFrame<AutoencoderTrainer, AutoencoderDetector>()
        .With("Seed", "The seed of weights, validation rows, order of rows, noise and dropout.", ValueText.Seed, t => t.Seed, (t, v) => t with { Seed = v });
}
