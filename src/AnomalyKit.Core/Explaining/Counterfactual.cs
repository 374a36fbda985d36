using System.Globalization;

namespace AnomalyKit;

/// <summary>The least change of one or two columns, of those that were tried, that ends an alert.</summary>
/// <remarks>It says where the detector draws its line, not what would have happened in the world: a column seldom changes alone.</remarks>
public sealed class Counterfactual
{
    internal Counterfactual(IReadOnlyList<ColumnChange> changes, float score)
    {
        Changes = changes;
        Score = score;
    }

    /// <summary>What changes: one column, or two.</summary>
    public IReadOnlyList<ColumnChange> Changes { get; }

    /// <summary>The score of the changed row: not above the threshold.</summary>
    public float Score { get; }

    /// <summary>A sentence.</summary>
    /// <returns>For example <c>With amount 812 instead of 4750 it would be no alert (score 0.61).</c></returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"With {string.Join(" and ", Changes)} it would be no alert (score {Score:G4}).");
}
