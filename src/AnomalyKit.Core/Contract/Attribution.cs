using System.Globalization;

namespace AnomalyKit;

/// <summary>Why a row has its score: a baseline and what each column added to it.</summary>
/// <remarks><see cref="Baseline"/> + Σ <see cref="Contributions"/> = <see cref="Explained"/>.</remarks>
public sealed class Attribution
{
    private readonly double[] _contributions;

    /// <summary>Keeps an attribution; for authors of attributors.</summary>
    /// <param name="attributor">What made it.</param>
    /// <param name="contributions">One number per group of the attributor.</param>
    /// <param name="baseline">The explained value of a row about which nothing is known.</param>
    /// <param name="explained">The explained value of the row.</param>
    /// <exception cref="ArgumentException">There is not one contribution per group.</exception>
    public Attribution(RowAttributor attributor, ReadOnlySpan<double> contributions, double baseline, double explained)
    {
        ArgumentNullException.ThrowIfNull(attributor);
        if (contributions.Length != attributor.Groups.Count)
            throw new ArgumentException($"{contributions.Length} contributions were given; there are {attributor.Groups.Count} groups.", nameof(contributions));
        _contributions = contributions.ToArray();
        Info = attributor.Info;
        Groups = attributor.Groups;
        Baseline = baseline;
        Explained = explained;
    }

    /// <summary>What is explained, and how.</summary>
    public AttributionInfo Info { get; }

    /// <summary>The columns, or the groups of columns, that contributions are of.</summary>
    public ColumnGroups Groups { get; }

    /// <summary>The row's score.</summary>
    public float Score { get; init; }

    /// <summary>The explained value of a row about which nothing is known.</summary>
    public double Baseline { get; }

    /// <summary>The explained value of the row: its score, or a value that grows with the score; <see cref="AttributionInfo.ExplainedValue"/> says which.</summary>
    public double Explained { get; }

    /// <summary>One number per column or group, in order: above 0 where it made the row more anomalous, below 0 where less.</summary>
    public ReadOnlySpan<double> Contributions => _contributions;

    /// <summary>The standard errors of the contributions, where they are estimated by sampling; empty where they are exact.</summary>
    public ReadOnlyMemory<double> StandardErrors { get; init; }

    /// <summary>What the members of an ensemble say by themselves, in the members' order; empty for other detectors.</summary>
    public IReadOnlyList<MemberAttribution> Members { get; init; } = [];

    /// <summary>The columns that made the row most anomalous.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <returns>At most as many columns as asked for, all with contributions above 0, the greatest first; of equal ones the first column first. Empty where no column speaks against the row.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public IReadOnlyList<ColumnContribution> Top(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Enumerable.Range(0, _contributions.Length)
            .Where(i => _contributions[i] > 0)
            .OrderByDescending(i => _contributions[i])
            .Take(count)
            .Select(i => new ColumnContribution(i, Groups.Names[i], _contributions[i]))];
    }

    /// <summary>The score and the three columns that speak loudest against the row.</summary>
    /// <returns>For example <c>score 0.71: amount +3.2, hour +0.4</c>.</returns>
    public override string ToString()
    {
        var top = Top(3);
        return string.Create(CultureInfo.InvariantCulture, $"score {Score:G4}: {(top.Count > 0 ? string.Join(", ", top) : "no column speaks against the row")}");
    }
}
