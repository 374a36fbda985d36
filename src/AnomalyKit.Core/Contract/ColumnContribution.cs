using System.Globalization;

namespace AnomalyKit;

/// <summary>What one column, or group of columns, contributed to a row's explained value.</summary>
/// <param name="index">The position of the column or group.</param>
/// <param name="name">Its name.</param>
/// <param name="contribution">Above 0 where it made the row more anomalous, below 0 where less.</param>
public sealed class ColumnContribution(int index, string name, double contribution)
{
    /// <summary>The position of the column or group.</summary>
    public int Index { get; } = index;

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Above 0 where it made the row more anomalous, below 0 where less; in the unit of the explained value.</summary>
    public double Contribution { get; } = contribution;

    /// <summary>Name and contribution.</summary>
    /// <returns>For example <c>amount +3.2</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name} {Contribution:+0.####;-0.####;0}");
}
