namespace AnomalyKit.Samples.Worker;

/// <summary>A payment, as it comes out of a queue.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Hour">The hour of the day, 0 to 24.</param>
/// <param name="Distance">From the last payment of the card, in kilometres.</param>
internal sealed record Payment(long Id, double Amount, double Hour, double Distance)
{
    /// <summary>The columns of a row, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["amount", "hour", "distance"];

    /// <summary>Writes the row.</summary>
    public void CopyTo(Span<double> row) => (row[0], row[1], row[2]) = (Amount, Hour, Distance);
}
