using AnomalyKit.Numerics;

namespace AnomalyKit;

/// <summary>Compares detectors without labels, by criteria that are not accuracy, and says how far these agree.</summary>
/// <remarks>
/// <para>
/// <b>The advice without labels is not to select</b>: use <see cref="RecommendedEnsemble"/>. M. Q. Ma, Y. Zhao, X. Zhang and L. Akoglu (SIGKDD Explorations 25, 2023) found that criteria without labels
/// select about as well as chance, over 39 data sets and 297 detectors, and no better than a default isolation forest. docs/tuning.md has our own figures. What a criterion prefers is not what finds your anomalies: label a few rows, even 20, and use
/// <see cref="DetectorSearch"/>.
/// </para>
/// <para>
/// What the criteria are good for: to see that a detector is unstable, or that it cannot find a kind of anomaly that would matter to you. Immutable and safe for any number of threads; the same data, options and seed give the
/// same result at any degree of parallelism. Columns need finite cells and may not be categories.
/// </para>
/// </remarks>
public sealed record UnlabeledSelection
{
    /// <summary>Compares detectors.</summary>
    /// <param name="candidates">At least two, of different names.</param>
    /// <exception cref="ArgumentException">There are fewer than two, or two have one name.</exception>
    public UnlabeledSelection(params IReadOnlyList<EnsembleMember> candidates)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        Candidates = [.. candidates];
        if (Candidates.Count < 2)
            throw new ArgumentException($"There {(Candidates.Count == 0 ? "is no candidate" : "is 1 candidate")}; a selection needs at least 2.", nameof(candidates));
        if (Candidates.GroupBy(candidate => candidate.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two candidates are named '{twice.Key}'. Give each a name of its own.", nameof(candidates));
    }

    /// <summary>The trainers to compare, by name; weights are not looked at.</summary>
    public IReadOnlyList<EnsembleMember> Candidates { get; }

    /// <summary>What candidates are compared by; all of <see cref="SelectionCriterion"/> with their defaults by default.</summary>
    /// <exception cref="ArgumentException">There is none, or one twice.</exception>
    public IReadOnlyList<SelectionCriterion> Criteria
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Count == 0 || value.Select(criterion => criterion.Name).Distinct().Count() != value.Count)
                throw new ArgumentException("Give at least one criterion, and each once.", nameof(Criteria));
            field = [.. value];
        }
    } = [SelectionCriterion.Injection(), SelectionCriterion.Stability(), SelectionCriterion.Consensus, SelectionCriterion.MassVolume, SelectionCriterion.ExcessMass];

    /// <summary>The most rows that are looked at, drawn at random; every candidate is fitted many times.</summary>
    /// <value>At least 50; 5,000 by default.</value>
    public int SampleSize
    {
        get;
        init => field = value >= 50 ? value : throw new ArgumentOutOfRangeException(nameof(SampleSize), value, "SampleSize must be at least 50.");
    } = 5000;

    /// <summary>Draws rows, injected anomalies and seeds.</summary>
    public ulong Seed { get; init; }

    /// <summary>Compares the candidates on a matrix. Labels, if any, are not looked at.</summary>
    /// <param name="data">At least 50 rows of finite cells, without categories.</param>
    /// <param name="options">Threads; the progress counts criteria, and there is no value to report. A tracker is not used.</param>
    /// <param name="cancellationToken">Stops the comparison; honoured within about 100 ms.</param>
    /// <returns>What each criterion says of each candidate, and how far the criteria agree.</returns>
    /// <exception cref="ArgumentException">The data cannot be used; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public UnlabeledSelectionResult Run(FeatureMatrix data, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        var rows = SelectionRows.Draw(data, this, ParallelBlocks.ResolveThreads(options?.MaxDegreeOfParallelism ?? -1), cancellationToken);
        var values = new List<CriterionValue[]>();
        foreach (var criterion in Criteria)
        {
            values.Add(criterion.Measure(rows, [.. Candidates.Select(candidate => candidate.Trainer)]));
            options?.Progress?.Report(new SearchProgress(criterion.Name, values.Count, Criteria.Count, null));
        }

        return UnlabeledSelectionResult.Of(this, values);
    }

    /// <summary>Compares the candidates on a table: the preparation is fitted on its rows first, and all candidates see what it makes of them.</summary>
    /// <param name="table">At least 50 rows. Labels, if any, are not looked at.</param>
    /// <param name="preparation">What becomes of categories, dates and missing cells; as columns of numbers, for every candidate alike.</param>
    /// <param name="options">As in <see cref="Run(FeatureMatrix, SearchOptions?, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Stops the comparison; honoured within about 100 ms.</param>
    /// <returns>What each criterion says of each candidate, and how far the criteria agree.</returns>
    /// <exception cref="ArgumentException">The data cannot be used; the message says why and what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public UnlabeledSelectionResult Run(FeatureTable table, TablePreparation preparation, SearchOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(preparation);
        var fitted = preparation.Fit(table, cancellationToken: cancellationToken);
        return Run(fitted.Apply(table, cancellationToken: cancellationToken), options, cancellationToken);
    }
}
