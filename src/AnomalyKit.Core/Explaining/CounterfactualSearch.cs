namespace AnomalyKit.Explaining;

/// <summary>Looks for the least change of one or two columns that ends an alert, within a budget of scores.</summary>
internal sealed class CounterfactualSearch(IRowVariants row, double threshold, CounterfactualOptions options)
{
    private const int PairColumns = 4;
    private const int PairValues = 9;
    private const int Refinements = 3;

    private readonly List<(CellValue Value, double Cost)>?[] _candidates = new List<(CellValue Value, double Cost)>?[row.Count];
    private int _left = options.MaxScores;

    /// <param name="contributions">One per column: what contributes most is tried first.</param>
    public Counterfactual? Find(ReadOnlySpan<double> contributions)
    {
        double[] ranked = contributions.ToArray();
        int[] columns = [.. Enumerable.Range(0, row.Count)
            .Where(CanMove)
            .OrderByDescending(column => ranked[column])];
        return Nearest(columns.SelectMany(column => Candidates(column).Select(candidate => (new Variant(column, candidate.Value), candidate.Cost)))) is { } one
            ? Refined(one)
            : options.MaxColumns > 1 && Nearest(Pairs(columns)) is { } two ? Changed(two.Variant, two.Score) : null;
    }

    // Of a date of which hours and weekdays count, another day is no answer: it would lie in the past. Who wants one says in which range.
    private bool CanMove(int column) => !options.FrozenColumns.Contains(row.NameOf(column))
        && (row.PeriodOf(column) is null || options.Ranges.ContainsKey(row.NameOf(column)));

    /// <summary>The cheapest variant that ends the alert.</summary>
    private (Variant Variant, float Score)? Nearest(IEnumerable<(Variant Variant, double Cost)> candidates)
    {
        (Variant Variant, double Cost)[] taken = [.. candidates.Take(_left)];
        if (taken.Length == 0)
            return null;
        _left -= taken.Length;
        float[] scores = row.Score(Array.ConvertAll(taken, candidate => candidate.Variant));
        int best = -1;
        for (int i = 0; i < taken.Length; i++)
        {
            if (!(scores[i] > threshold) && (best < 0 || taken[i].Cost < taken[best].Cost))
                best = i;
        }

        return best < 0 ? null : (taken[best].Variant, scores[best]);
    }

    private IEnumerable<(Variant Variant, double Cost)> Pairs(int[] columns)
    {
        var candidates = columns.Take(PairColumns).Select(column => (Column: column, Values: Thinned(Candidates(column)))).ToArray();
        return
            from first in Enumerable.Range(0, candidates.Length)
            from second in Enumerable.Range(first + 1, candidates.Length - first - 1)
            from one in candidates[first].Values
            from two in candidates[second].Values
            select (new Variant(candidates[first].Column, one.Value, candidates[second].Column, two.Value), one.Cost + two.Cost);
    }

    private static IEnumerable<(CellValue Value, double Cost)> Thinned(List<(CellValue Value, double Cost)> candidates)
    {
        int step = Math.Max(1, (candidates.Count + PairValues - 1) / PairValues);
        return candidates.Where((_, i) => i % step == 0);
    }

    /// <summary>Moves a number that ends the alert as near to the row's own as it still does: to one of the numbers between, and then between this one and the next.</summary>
    private Counterfactual Refined((Variant Variant, float Score) found)
    {
        var (variant, score) = found;
        double limit = row.ValueOf(variant.Column).Number;
        for (int round = 0; round < Refinements; round++)
        {
            CellValue[] nearer = [.. CandidateValues.Between(row, variant.Column, variant.Value, limit, options).Distinct().Take(_left)];
            if (nearer.Length == 0)
                break;
            _left -= nearer.Length;
            float[] scores = row.Score([.. nearer.Select(value => variant with { Value = value })]);
            int first = Array.FindIndex(scores, score => !(score > threshold));
            limit = first == 0 ? limit : nearer[first < 0 ? ^1 : first - 1].Number;
            if (first >= 0)
                (variant, score) = (variant with { Value = nearer[first] }, scores[first]);
        }

        return Changed(variant, score);
    }

    private List<(CellValue Value, double Cost)> Candidates(int column) => _candidates[column] ??= CandidateValues.Of(row, column, options);

    private Counterfactual Changed(Variant variant, float score)
    {
        var changes = new List<ColumnChange> { Change(variant.Column, variant.Value) };
        if (variant.OtherColumn >= 0)
            changes.Add(Change(variant.OtherColumn, variant.OtherValue));
        return new Counterfactual(changes.AsReadOnly(), score);
    }

    private ColumnChange Change(int column, CellValue to) => new(row.NameOf(column), row.ValueOf(column).ToString(), to.ToString());
}
