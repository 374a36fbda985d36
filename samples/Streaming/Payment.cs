namespace AnomalyKit.Samples.Streaming;

/// <summary>A card payment.</summary>
/// <param name="Id">Its number in the stream, from 1.</param>
/// <param name="Amount">The amount in euros.</param>
/// <param name="Hour">The hour of the day, 0 to 24.</param>
/// <param name="Distance">Kilometres from the last payment of the card.</param>
internal sealed record Payment(int Id, double Amount, double Hour, double Distance)
{
    /// <summary>Turns payments into the columns that a detector sees.</summary>
    public static ObjectTable<Payment> Table { get; } = new ObjectTable<Payment>()
        .Number("amount", payment => payment.Amount)
        .Number("hour", payment => payment.Hour)
        .Number("distance", payment => payment.Distance);
}
