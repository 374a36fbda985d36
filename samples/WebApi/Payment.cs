using System.ComponentModel.DataAnnotations;

namespace AnomalyKit.Samples.WebApi;

/// <summary>A card payment, as clients post it.</summary>
/// <remarks>Numbers are nullable and required: a number that is left out would be 0 otherwise, which is a value like any other to a detector.</remarks>
/// <param name="Id">Its number; the detector does not look at it.</param>
/// <param name="Amount">The amount in euros.</param>
/// <param name="Hour">The hour of the day, 0 to 24.</param>
/// <param name="Country">Where the card was used, for example <c>DE</c>.</param>
public sealed record Payment([Required] string Id, [Required, Range(0, 1e9)] double? Amount, [Required, Range(0, 24)] double? Hour, [Required] string Country)
{
    /// <summary>Turns payments into the columns that the detector sees, for the fit and for every request.</summary>
    internal static ObjectTable<Payment> Table { get; } = new ObjectTable<Payment>()
        .Number("amount", payment => payment.Amount)
        .Number("hour", payment => payment.Hour)
        .Category("country", payment => payment.Country);
}
