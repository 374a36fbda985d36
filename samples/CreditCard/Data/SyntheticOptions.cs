namespace AnomalyKit.Samples.CreditCard.Data;

/// <summary>The size and seed of the made-up set.</summary>
internal sealed record SyntheticOptions
{
    /// <summary>The number of rows; that of the real set by default.</summary>
    public int Rows { get; init; } = 284_807;

    /// <summary>The seed of all its numbers.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>The number of frauds: the real set's share, 492 of 284,807, and at least ten.</summary>
    public int Frauds => Math.Max(10, (int)Math.Round(Rows * (492.0 / 284_807)));
}
