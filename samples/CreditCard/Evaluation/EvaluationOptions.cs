using AnomalyKit.Samples.CreditCard.Data;

namespace AnomalyKit.Samples.CreditCard.Evaluation;

/// <summary>What to run, and where the results go.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>The file to read, or null to look for one.</summary>
    public string? DataPath { get; init; }

    /// <summary>Whether everything is run and kept: all protocols where none is named, and the models of all runs.</summary>
    public bool Everything { get; init; }

    /// <summary>Names of protocols. Where there are none: the reference's, and day two for the quick detectors.</summary>
    public IReadOnlyCollection<string> Protocols { get; init; } = [];

    /// <summary>Names of detectors; all where there are none.</summary>
    public IReadOnlyCollection<string> Detectors { get; init; } = [];

    /// <summary>The seed of all random choices of detectors.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The most threads, −1 for all processors.</summary>
    public int Threads { get; init; } = -1;

    /// <summary>What trains autoencoders.</summary>
    public AutoencoderTrainer Autoencoder { get; init; } = new AutoencoderTrainer();

    /// <summary>The folder of the results.</summary>
    public string OutputFolder { get; init; } = "outputs";

    /// <summary>The made-up set that stands in where no file is found.</summary>
    public SyntheticOptions Synthetic { get; init; } = new();
}
