namespace AnomalyKit.Cuda;

/// <summary>A network whose training is compared, with the rows that it is trained on.</summary>
internal sealed record ComparedNetwork(int Columns, int Rows, int Epochs, int BatchSize, int[] Widths)
{
    public static IReadOnlyList<ComparedNetwork> All { get; } =
    [
        new(30, 200_000, 5, 256, [16, 8, 16]),
        new(30, 200_000, 5, 4096, [256, 64, 256]),
        new(256, 100_000, 5, 4096, [1024, 128, 1024]),
    ];

    public string Name => $"{Columns}-{string.Join('-', Widths)}-{Columns}, batches of {BatchSize:N0}";

    public AutoencoderTrainer Trainer(AutoencoderEngine engine, ulong seed) => new()
    {
        Engine = engine,
        HiddenWidths = LayerWidths.Of(Widths),
        BatchSize = BatchSize,
        MaxEpochs = Epochs,
        TrimmedFraction = 0,
        Measure = ErrorMeasure.MeanSquare,
        Threshold = ThresholdRule.Contamination(0.01),
        Seed = seed,
    };
}
