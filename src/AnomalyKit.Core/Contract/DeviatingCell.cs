using System.Globalization;

namespace AnomalyKit;

/// <summary>A cell that does not fit the other cells of its row, as a detector sees it: with this one changed, and the other deviating cells of the row, the rest of the row is ordinary.</summary>
public sealed class DeviatingCell
{
    private readonly double[] _expected;

    /// <summary>Keeps a cell; for authors of attributors.</summary>
    /// <param name="index">The position of its column or group.</param>
    /// <param name="deviation">How far it lies from what is expected, in standard deviations; finite, at least 0.</param>
    /// <param name="expected">What is expected in each column of the group; empty where that is not known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The position is negative, or the deviation is negative or not finite.</exception>
    public DeviatingCell(int index, double deviation, params ReadOnlySpan<double> expected)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (!(deviation >= 0 && double.IsFinite(deviation)))
            throw new ArgumentOutOfRangeException(nameof(deviation), deviation, "The deviation must be finite and at least 0.");
        Index = index;
        Deviation = deviation;
        _expected = expected.ToArray();
    }

    /// <summary>The position of the column, or of the group of columns, among <see cref="RowAttributor.Groups"/>.</summary>
    public int Index { get; }

    /// <summary>How far the cell lies from what the cells that do not deviate lead one to expect, in standard deviations of that expectation. At least 0.</summary>
    public double Deviation { get; }

    /// <summary>What the cells that do not deviate lead one to expect, in the unit of the column: one value for each column of the group, in the order of the columns. Empty where the detector does not know.</summary>
    public ReadOnlySpan<double> Expected => _expected;

    /// <summary>The position and the deviation.</summary>
    /// <returns>For example <c>column 2: 8.1 deviations</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"column {Index}: {Deviation:0.#} deviations");
}
