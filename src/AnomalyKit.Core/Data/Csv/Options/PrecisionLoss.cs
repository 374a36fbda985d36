using System.Globalization;

namespace AnomalyKit;

/// <summary>A column whose spread float32 does not keep: rounding costs more than 1e-4 of its standard deviation.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="RootMeanSquareError">The root mean square of what rounding to float32 changed, over the rows read so far.</param>
/// <param name="StandardDeviation">The column's standard deviation over the rows read so far.</param>
/// <param name="Offset">The offset that the cells were stored with.</param>
/// <param name="SuggestedOffset">An offset that keeps the spread, or <see langword="null"/> where none can (the values are too close to
/// zero for float32: multiply them).</param>
public sealed record PrecisionLoss(
    string Column, double RootMeanSquareError, double StandardDeviation, double Offset, double? SuggestedOffset)
{
    /// <summary>The loss and its remedy in a sentence.</summary>
    /// <returns>The sentence.</returns>
    public override string ToString()
    {
        string remedy = SuggestedOffset is double offset
            ? string.Create(CultureInfo.InvariantCulture, $"an offset of {offset:R} keeps it")
            : "no offset keeps it: multiply the column so that its values are well above 1e-38";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"column '{Column}': rounding to float32 changes the values by {RootMeanSquareError:G3} (root mean square), {RootMeanSquareError / StandardDeviation:P2} of their standard deviation {StandardDeviation:G3} (offset {Offset:R}); {remedy}");
    }
}
