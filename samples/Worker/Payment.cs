namespace AnomalyKit.Samples.Worker;

/// <summary>A payment, as it comes out of a queue.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Amount">The amount.</param>
/// <param name="Hour">The hour of the day, 0 to 24.</param>
/// <param name="Distance">From the last payment of the card, in kilometres.</param>
internal sealed record Payment(long Id, double Amount, double Hour, double Distance)
{
    /// <summary>The columns of a row. A model takes them by name, in whatever order it was fitted.</summary>
    public static ObjectTable<Payment> Rows { get; } = new ObjectTable<Payment>()
        .Number("amount", payment => payment.Amount)
        .Number("hour", payment => payment.Hour)
        .Number("distance", payment => payment.Distance);
}
