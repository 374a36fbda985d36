namespace AnomalyKit;

/// <summary>Something that can be measured of a detector without labels. None of it is accuracy.</summary>
/// <remarks>Each looks at a sample of the rows: half of them to fit on, half of them to score.</remarks>
public abstract class SelectionCriterion
{
    private protected SelectionCriterion(string name, SearchDirection direction)
    {
        Name = name;
        Direction = direction;
    }

    /// <summary>
    /// Each candidate is fitted on rows that others were ranked by: Spearman's correlation of its scores with the mean rank that all other candidates give (<c>consensus</c>). It prefers the candidate that is most like the others,
    /// right or wrong.
    /// </summary>
    public static SelectionCriterion Consensus { get; } = new ConsensusCriterion();

    /// <summary>
    /// The volume that it takes to hold 90 to 99.9 % of the rows, lower being preferred (<c>mass_volume</c>). N. Goix, ICML workshop on anomaly detection 2016; of more than five columns, the mean over
    /// ten draws of five columns, on each of which candidates are fitted again.
    /// </summary>
    public static SelectionCriterion MassVolume { get; } = new LevelSetCriterion("mass_volume", SearchDirection.Minimize, LevelSets.MassVolume);

    /// <summary>How far the fraction of rows in a level set exceeds multiples of its volume (<c>excess_mass</c>). N. Goix 2016; columns as for <see cref="MassVolume"/>.</summary>
    public static SelectionCriterion ExcessMass { get; } = new LevelSetCriterion("excess_mass", SearchDirection.Maximize, LevelSets.ExcessMass);

    /// <summary>The name, for example <c>injection</c>.</summary>
    public string Name { get; }

    /// <summary>Whether higher values are preferred.</summary>
    public SearchDirection Direction { get; }

    /// <summary>
    /// How well a candidate ranks synthetic rows that are put among the rows that it is fitted on and among those that it scores, as average precision, the mean over kinds (<c>injection</c>). Real anomalies count as normal. It says
    /// what a candidate finds of these kinds, and yours may be of another.
    /// </summary>
    /// <param name="kinds">What is wrong with the rows; all four kinds where none is named.</param>
    /// <returns>The criterion.</returns>
    /// <exception cref="ArgumentException">A kind is named twice, or there is no such kind.</exception>
    public static SelectionCriterion Injection(params IReadOnlyList<InjectedAnomalies> kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        if (kinds.Distinct().Count() != kinds.Count || !kinds.All(Enum.IsDefined))
            throw new ArgumentException("Name each kind of injected anomaly once.", nameof(kinds));
        return new InjectionCriterion(kinds.Count == 0 ? Enum.GetValues<InjectedAnomalies>() : [.. kinds]);
    }

    /// <summary>How alike a candidate ranks rows when it is fitted with other seeds on other parts of the rows: the mean of Spearman's correlation over all pairs of fits (<c>stability</c>).</summary>
    /// <param name="fits">How many fits, from 2 to 20, each on two thirds of the rows to fit on.</param>
    /// <returns>The criterion.</returns>
    public static SelectionCriterion Stability(int fits = 4)
    {
        if (fits is < 2 or > 20)
            throw new ArgumentOutOfRangeException(nameof(fits), fits, "Stability is measured over 2 to 20 fits.");
        return new StabilityCriterion(fits);
    }

    /// <inheritdoc cref="Name"/>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    internal abstract CriterionValue[] Measure(SelectionRows rows, IReadOnlyList<IDetectorTrainer> candidates);
}
