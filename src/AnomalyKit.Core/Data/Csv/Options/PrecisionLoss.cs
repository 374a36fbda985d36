using System.Globalization;

namespace AnomalyKit;

/// <summary>A column whose spread the stored cells do not keep: rounding costs more than 1e-4 of its standard deviation.</summary>
public sealed record PrecisionLoss
{
    /// <summary>The name of the column.</summary>
    public required string Column { get; init; }

    /// <summary>The root mean square of what rounding changed, over the rows read so far: the difference between the numbers in the file
    /// and the stored ones. If <see cref="IsBeyondDouble"/> shows only in the middle half of the first rows (4,096), because values far away
    /// hide it, this and <see cref="StandardDeviation"/> are measured over that half.</summary>
    public required double RootMeanSquareError { get; init; }

    /// <summary>The standard deviation of the column over the rows read so far.</summary>
    public required double StandardDeviation { get; init; }

    /// <summary>The offset that the cells were stored with.</summary>
    public required double Offset { get; init; }

    /// <summary>An offset that keeps the spread, or <see langword="null"/> if none can: the values are too close to zero for float32
    /// (multiply them), or <see cref="IsBeyondDouble"/>.</summary>
    public double? SuggestedOffset { get; init; }

    /// <summary>Whether the numbers in the file have more digits than a double keeps (15 to 17), so that different numbers become the same
    /// value before float32 comes in. Long identifiers are the usual case.</summary>
    public bool IsBeyondDouble { get; init; }

    /// <summary>The loss and its remedy in a sentence.</summary>
    /// <returns>The sentence.</returns>
    public override string ToString()
    {
        string remedy = SuggestedOffset is double offset
            ? string.Create(CultureInfo.InvariantCulture, $"an offset of {offset:R} keeps it")
            : IsBeyondDouble
                ? "its numbers have more digits than a double keeps (15 to 17), which no offset mends: leave the column out with IgnoreColumns if it is an identifier; otherwise split its digits over two columns, or subtract a constant in the file"
                : "no offset keeps it: multiply the column so that its values are well above 1e-38";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"column '{Column}': rounding to {(IsBeyondDouble ? "double" : "float32")} changes the values by {RootMeanSquareError:G3} (root mean square), {RootMeanSquareError / StandardDeviation:P2} of their standard deviation {StandardDeviation:G3} (offset {Offset:R}); {remedy}");
    }
}
