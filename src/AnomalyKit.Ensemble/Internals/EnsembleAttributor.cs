using System.Buffers;

namespace AnomalyKit.Ensemble;

/// <summary>Explains an ensemble by its members' own attributions, brought to the scale of the combined score.</summary>
internal sealed class EnsembleAttributor : RowAttributor
{
    private readonly FittedEnsemble _ensemble;
    private readonly RowAttributor[] _members;
    private readonly IRowCombiner _combiner;

    /// <param name="ensemble">The ensemble.</param>
    /// <param name="members">An attributor per member.</param>
    /// <param name="combiner">What becomes of the members' normalised scores: the ensemble's own rule, or more where a detector builds on the ensemble.</param>
    /// <param name="schema">The columns of the rows.</param>
    /// <param name="options">The groups of columns.</param>
    public EnsembleAttributor(FittedEnsemble ensemble, RowAttributor[] members, IRowCombiner combiner, FeatureSchema schema, AttributionOptions options)
        : base(schema, options)
    {
        _ensemble = ensemble;
        _members = members;
        _combiner = combiner;
        Info = new AttributionInfo(
            "members",
            "the score",
            members.All(member => member.Info.IsExact),
            "R. J. Aumann, L. S. Shapley: Values of Non-Atomic Games, 1974, for the shares of the members; each member's own method for the shares of the columns");
        BlockRows = members.Min(member => member.BlockRows);
    }

    public override AttributionInfo Info { get; }

    public override int BlockRows { get; }

    public override void AttributeRows(EncodedRows rows, Span<double> contributions, Span<double> baselines, Span<double> explained)
    {
        int count = rows.RowCount;
        int groups = Groups.Count;
        int members = _members.Length;
        int cells = count * _ensemble.Transform.OutputColumns;
        float[] floats = ArrayPool<float>.Shared.Rent(cells + (count * members));
        double[] doubles = ArrayPool<double>.Shared.Rent(members * count * (groups + 3));
        try
        {
            var scores = floats.AsSpan(cells, count * members);
            _ensemble.ScoreMembers(rows, scores);
            var seen = _ensemble.Image(rows, floats.AsSpan(0, cells));
            var own = doubles.AsSpan(0, members * count * groups);
            var bases = doubles.AsSpan(own.Length, members * count);
            var values = doubles.AsSpan(own.Length + bases.Length, members * count);
            var shares = doubles.AsSpan(own.Length + bases.Length + values.Length, members * count);
            for (int m = 0; m < members; m++)
                _members[m].AttributeRows(seen, own.Slice(m * count * groups, count * groups), bases.Slice(m * count, count), values.Slice(m * count, count));
            Combine(scores, own, bases, values, contributions, baselines, explained, shares);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(floats);
            ArrayPool<double>.Shared.Return(doubles);
        }
    }

    /// <summary>The cells that the loudest member finds wrong: the one that added most to the score.</summary>
    /// <remarks>Behind a transform of the ensemble's own members see other columns, and what they expect there is no value of the row.</remarks>
    public override IReadOnlyList<DeviatingCell> FindCells(EncodedRows row)
    {
        if (!_ensemble.Transform.IsIdentity)
            return [];
        var cells = new IReadOnlyList<DeviatingCell>[_members.Length];
        for (int m = 0; m < cells.Length; m++)
            cells[m] = _members[m].FindCells(row);
        // Who is loudest costs more than to ask who knows.
        if (cells.All(found => found.Count == 0))
            return [];
        var members = Describe(row, 0).Members;
        return cells[Enumerable.Range(0, members.Count).MaxBy(m => members[m].Share)];
    }

    public override Attribution Describe(EncodedRows row, float score)
    {
        int groups = Groups.Count;
        var scores = new float[_members.Length];
        _ensemble.ScoreMembers(row, scores);
        var seen = _ensemble.Image(row, new float[_ensemble.Transform.OutputColumns]);
        var described = new Attribution[_members.Length];
        var own = new double[_members.Length * groups];
        var bases = new double[_members.Length];
        var values = new double[_members.Length];
        for (int m = 0; m < described.Length; m++)
        {
            described[m] = _members[m].Describe(seen, scores[m]);
            described[m].Contributions.CopyTo(own.AsSpan(m * groups));
            (bases[m], values[m]) = (described[m].Baseline, described[m].Explained);
        }

        var contributions = new double[groups];
        var shares = new double[_members.Length];
        double baseline = 0;
        double explained = 0;
        Combine(scores, own, bases, values, contributions, new Span<double>(ref baseline), new Span<double>(ref explained), shares);
        return new Attribution(this, contributions, baseline, explained)
        {
            Score = score,
            Members = Array.AsReadOnly([.. described.Select((attribution, m) => new MemberAttribution(_ensemble.Members[m].Name, shares[m], attribution))]),
        };
    }

    /// <summary>Divides each row's score among members, and each member's share among columns as the member does.</summary>
    private void Combine(
        ReadOnlySpan<float> scores,
        ReadOnlySpan<double> own,
        ReadOnlySpan<double> bases,
        ReadOnlySpan<double> values,
        Span<double> contributions,
        Span<double> baselines,
        Span<double> explained,
        Span<double> shares)
    {
        int count = explained.Length;
        int groups = Groups.Count;
        int members = _members.Length;
        double[] working = ArrayPool<double>.Shared.Rent(5 * members);
        var from = working.AsSpan(0, members);
        var to = working.AsSpan(members, members);
        var scratch = working.AsSpan(2 * members, 3 * members);
        contributions.Clear();
        for (int row = 0; row < count; row++)
        {
            for (int m = 0; m < members; m++)
            {
                to[m] = _ensemble.Normalize(m, scores[(row * members) + m]);
                // A member that sees nothing in the row stays where it is: rounding is no evidence.
                bool isMoved = own.Slice(((m * count) + row) * groups, groups).ContainsAnyExcept(0.0);
                from[m] = isMoved ? _ensemble.Normalize(m, (float)_members[m].ScoreOf(bases[(m * count) + row])) : to[m];
            }

            var share = shares.Slice(row * members, members);
            (baselines[row], explained[row]) = MemberShares.Divide(_combiner, from, to, share, scratch);
            var target = contributions.Slice(row * groups, groups);
            for (int m = 0; m < members; m++)
                ProportionalShares.Add(share[m], own.Slice(((m * count) + row) * groups, groups), values[(m * count) + row] - bases[(m * count) + row], target);
        }

        ArrayPool<double>.Shared.Return(working);
    }
}
