namespace AnomalyKit.Samples.CreditCard.Tuning;

/// <summary>What is tuned, and how long.</summary>
internal sealed record TuningOptions
{
    public string? DataPath { get; init; }

    public IReadOnlyList<string> Detectors { get; init; } = [];

    /// <summary>Settings that are tried per detector.</summary>
    public int Trials { get; init; } = 40;

    /// <summary>Stretches of the first day that settings are measured on, each after those that they are fitted on.</summary>
    public int Folds { get; init; } = 3;

    public ulong Seed { get; init; } = 42;

    public int Threads { get; init; } = -1;
}
