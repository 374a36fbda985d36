using AnomalyKit.Ensemble;

namespace AnomalyKit;

/// <summary>Fits several detectors on the same rows and combines their scores.</summary>
/// <remarks>
/// <para>
/// Members are fitted side by side, then their scores are normalized by calibrations fitted on their training scores alone, weighted without labels, and combined.
/// Every member keeps its own scaling; rows reach members as the ensemble's own <see cref="DetectorTrainer{T}.Scaling"/> (none by default) leaves them.
/// </para>
/// <para>
/// Memory: that of the members that are fitted at the same time, 4 bytes per row and member for their scores, 8 a row for weighting. Cost: the members', and
/// one scoring pass of each over the training rows.
/// </para>
/// </remarks>
public sealed record EnsembleTrainer : DetectorTrainer<EnsembleDetector>
{
    /// <summary>The detectors to fit, at least one, under different names.</summary>
    /// <exception cref="ArgumentException">There are none or too many, or two have one name, or a name is blank.</exception>
    public required IReadOnlyList<EnsembleMember> Members
    {
        get;
        init => field = Checked(value);
    }

    /// <summary>How members' scores are brought to one scale.</summary>
    /// <value><see cref="ScoreCalibration.LogZScore"/> by default: the far tail keeps an order that no single member dominates.</value>
    /// <exception cref="ArgumentException">The calibration sets rows aside; set the ensemble's own <see cref="DetectorTrainer{T}.Calibration"/> to it instead.</exception>
    public ScoreCalibration MemberCalibration
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value.HeldOutFraction == 0
                ? value
                : throw new ArgumentException(
                    $"The calibration '{value}' sets rows aside, which members cannot each do for themselves. Set the ensemble's Calibration to it.", nameof(MemberCalibration));
        }
    } = ScoreCalibration.LogZScore;

    /// <summary>How the normalized scores become one.</summary>
    /// <value><see cref="ScoreCombiner.Mean"/> by default.</value>
    public ScoreCombiner Combiner
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = ScoreCombiner.Mean;

    /// <summary>How the training scores change the members' weights, without labels.</summary>
    /// <value><see cref="MemberWeighting.TailAgreement"/> by default; <see cref="MemberWeighting.Fixed"/> leaves them as they are.</value>
    public MemberWeighting Weighting
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = MemberWeighting.TailAgreement();

    /// <summary>Whether the ensemble leaves out members that cannot be fitted. <see cref="EnsembleDetector.Failures"/> lists them and the reasons.</summary>
    /// <value>False by default: the first failing member stops the fit.</value>
    public bool SkipFailingMembers { get; init; }

    /// <summary>The most members that are fitted at the same time; each gets its share of the threads.</summary>
    /// <value>At least 1; by default as many as there are threads.</value>
    public int? MaxConcurrentMembers
    {
        get;
        init => field = value is { } count ? InRange(count, 1, FittedEnsemble.MaxMembers, nameof(MaxConcurrentMembers)) : null;
    }

    /// <summary>
    /// The most memory that members may need at the same time, in bytes, by their trainers' own estimate (<see cref="IDetectorTrainer.EstimateMemory"/>). A member that
    /// needs more than all of it is fitted alone.
    /// </summary>
    /// <value>Above 0; by default half of the memory that the process may use. It decides who runs beside whom, never the result.</value>
    public long? MemoryBudget
    {
        get;
        init => field = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MemoryBudget), value, "MemoryBudget must be above 0 bytes.");
    }

    /// <inheritdoc/>
    /// <value>Whether all members' trainers do.</value>
    public override bool AcceptsMissing => Members.All(member => member.Trainer.AcceptsMissing);

    /// <inheritdoc/>
    /// <value>Whether all members' trainers do.</value>
    public override bool AcceptsCategories => Members.All(member => member.Trainer.AcceptsCategories);

    /// <summary>An ensemble that flags a row where at least k of its members do.</summary>
    /// <param name="votes">k, from 1 to the number of members.</param>
    /// <param name="members">The members; each votes by its own threshold.</param>
    /// <returns>A trainer with <see cref="ScoreCombiner.Votes"/> and the threshold k − 0.5.</returns>
    /// <exception cref="ArgumentOutOfRangeException">k is out of range.</exception>
    public static EnsembleTrainer MajorityVote(int votes, params IReadOnlyList<EnsembleMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return new EnsembleTrainer
        {
            Members = members,
            MemberCalibration = ScoreCalibration.None,
            Combiner = ScoreCombiner.Votes,
            Threshold = ThresholdRule.Fixed(InRange(votes, 1, members.Count, nameof(votes)) - 0.5),
        };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// True where every member's trainer accepts them, and <see cref="MemberCalibration"/> does. Members are fitted on the weighted rows, and calibrated and compared on scores that
    /// count by weight. A member that was fitted before takes part: only its calibration is found here.
    /// </remarks>
    public override bool AcceptsWeights => MemberCalibration.AcceptsWeights && Refusing is null;

    /// <inheritdoc/>
    protected override string WeightsRefusal => Refusing is { } member
        ? $"Its member '{member.Name}' ({member.Trainer.GetType().Name}) does not take them. Leave this member out."
        : $"The calibration of its members, '{MemberCalibration}', does not take them. Set MemberCalibration to another one.";

    /// <summary>The first member that takes no weights.</summary>
    private EnsembleMember? Refusing => Members.FirstOrDefault(member => !member.Trainer.AcceptsWeights);

    /// <inheritdoc/>
    public override long EstimateMemory(int rows, int columns)
    {
        long least = 0;
        foreach (var member in Members)
            least = Math.Max(least, member.Trainer.EstimateMemory(rows, columns));
        return least + (4L * Members.Count * rows) + (8L * rows);
    }

    /// <inheritdoc/>
    protected override ModelFit FitDetector(TrainingSet training, FitContext context)
    {
        var rows = training.Transform.IsIdentity
            ? training.Rows
            : CheckedRows.Check(training.Transformed(context.Part(0, 0.01)).WithWeights(training.Weights), context.Part(0.01, 0.02));
        var fitting = new MemberFitting(Members, rows.Shared(), context.Part(0.02, 0.95), MaxConcurrentMembers, MemoryBudget) { SkipFailingMembers = SkipFailingMembers };
        var (members, scores, failures) = fitting.Run();
        context.Report("combining", 0.95);
        var calibrators = new ScoreCalibrator?[members.Count];
        context.Part(0.95, 0.97).ForBlocks("calibrating", members.Count, i => calibrators[i] = MemberCalibration.Fit(scores[i], training.Weights.Span));
        double[] weights = Weighting.Weigh([.. members.Select(member => member.Weight)], calibrators, scores, training.Weights, context.Part(0.97, 0.99));
        var tails = new MemberTail?[members.Count];
        if (Combiner.NeedsTails)
            context.Part(0.99, 0.995).ForBlocks("fitting tails", members.Count, i => tails[i] = TailFit.Fit(scores[i], calibrators[i], training.Weights.Span));
        FittedMember[] fitted = [.. members.Select((member, i) => new FittedMember(member.Name, member.Detector, calibrators[i], weights[i], tails[i]))];
        var model = new FittedEnsemble(training.Transform, fitted, Combiner, failures);
        return new ModelFit(model, training.ScoresAreWanted ? model.CombineTraining(scores, context.Part(0.995, 1)) : null);
    }

    /// <summary>Whether another trainer has equal options and equal members in the same order.</summary>
    /// <param name="other">The other trainer.</param>
    /// <returns>Whether they would fit the same ensemble.</returns>
    public bool Equals(EnsembleTrainer? other) => base.Equals(other) && Members.SequenceEqual(other.Members)
        && MemberCalibration == other.MemberCalibration && Combiner == other.Combiner && Weighting == other.Weighting
        && SkipFailingMembers == other.SkipFailingMembers && MaxConcurrentMembers == other.MaxConcurrentMembers && MemoryBudget == other.MemoryBudget;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Members.Count, Members[0], MemberCalibration, Combiner, Weighting);

    private static IReadOnlyList<EnsembleMember> Checked(IReadOnlyList<EnsembleMember>? members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count is 0 or > FittedEnsemble.MaxMembers)
            throw new ArgumentException($"There are {members.Count} members; an ensemble has from 1 to {FittedEnsemble.MaxMembers}.", nameof(members));
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            ArgumentNullException.ThrowIfNull(member, nameof(members));
            if (!names.Add(member.Name))
                throw new ArgumentException($"Two members are called '{member.Name}'; give them different names.", nameof(members));
        }

        return [.. members];
    }
}
