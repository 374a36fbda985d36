using System.Buffers;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit.Ensemble;

/// <summary>Fitted members behind the ensemble's transform, with the rule that combines their scores.</summary>
internal sealed class FittedEnsemble : DetectorModel
{
    public const string KindName = "ensemble";

    public const int MaxMembers = 1000;

    private const int MaxBlockRows = 2048;

    private readonly FittedMember[] _members;
    private readonly IRowCombiner _row;
    private readonly int _blockRows;

    public FittedEnsemble(FeatureTransform transform, FittedMember[] members, ScoreCombiner combiner, IReadOnlyList<MemberFailure> failures)
        : base(transform)
    {
        _members = members;
        Combiner = combiner;
        Failures = failures;
        _blockRows = (int)Math.Clamp(8L * members.Min(member => member.Detector.BlockRows), 64, MaxBlockRows);
        _row = combiner.For([.. members.Select(member => member.Weight)], [.. members.Select(member => member.Tail)]);
        Info = new DetectorInfo(
            KindName,
            $"the {combiner} of {members.Length} members' scores ({string.Join(", ", members.Select(member => member.Name))})"
            + (members[0].Calibrator is { } calibrator && !combiner.CountsVotes ? $", each calibrated ({calibrator.Kind})" : string.Empty),
            combiner.CountsVotes ? 0 : double.NegativeInfinity,
            combiner.CountsVotes ? members.Length : double.PositiveInfinity,
            "C. C. Aggarwal, S. Sathe: Theoretical Foundations and Algorithms for Outlier Ensembles, SIGKDD Explorations 17, 2015");
    }

    public override DetectorInfo Info { get; }

    // A block is scored before anybody asks whether to stop: a slow member's share of it must be short.
    public override int BlockRows => _blockRows;

    /// <summary>Members were fitted on the ensemble's columns, and <see cref="Read"/> sees to it that those of a file were.</summary>
    public override bool AcceptsMissing => true;

    /// <inheritdoc cref="AcceptsMissing"/>
    public override bool AcceptsCategories => true;

    public IReadOnlyList<FittedMember> Members => _members;

    public ScoreCombiner Combiner { get; }

    public IReadOnlyList<MemberFailure> Failures { get; }

    public IRowCombiner RowCombiner => _row;

    /// <summary>The schema that members know rows by: that of the ensemble, or of its scaled columns.</summary>
    private FeatureSchema MemberSchema => _members[0].Detector.Schema;

    /// <summary>The members' own scores, a row's together.</summary>
    public void ScoreMembers(EncodedRows rows, Span<float> memberScores)
    {
        int count = _members.Length;
        float[] own = ArrayPool<float>.Shared.Rent(BlockRows * count);
        try
        {
            for (int start = 0; start < rows.RowCount; start += BlockRows)
            {
                var block = rows.Slice(start, Math.Min(BlockRows, rows.RowCount - start));
                ScoreByMember(block, own);
                for (int i = 0; i < block.RowCount; i++)
                {
                    for (int m = 0; m < count; m++)
                        memberScores[((start + i) * count) + m] = own[(m * block.RowCount) + i];
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(own);
        }
    }

    /// <summary>Combines the members' own scores of the training rows, which are not always what these rows would get as new ones.</summary>
    /// <param name="own">For each member one score per row.</param>
    /// <param name="context">The running fit.</param>
    public float[] CombineTraining(float[][] own, FitContext context)
    {
        const int Step = 4096;
        var combined = new float[own[0].Length];
        context.ForBlocks("combining", Blocks.Count(combined.Length, Step), block =>
        {
            int start = block * Step;
            int count = Math.Min(Step, combined.Length - start);
            var ownBlock = new float[count * own.Length];
            for (int m = 0; m < own.Length; m++)
                own[m].AsSpan(start, count).CopyTo(ownBlock.AsSpan(m * count));
            Combine(ownBlock, 1, count, combined.AsSpan(start, count));
        });
        return combined;
    }

    protected override void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        float[] own = ArrayPool<float>.Shared.Rent(_members.Length * scores.Length);
        try
        {
            ScoreByMember(rows, own);
            Combine(own, 1, scores.Length, scores);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(own);
        }
    }

    /// <summary>Combines members' own scores.</summary>
    /// <param name="own">The scores of all members.</param>
    /// <param name="rowStride">How far a member's score of the next row is away.</param>
    /// <param name="memberStride">How far the next member's score of a row is away.</param>
    /// <param name="scores">Receives one score per row.</param>
    public void Combine(ReadOnlySpan<float> own, int rowStride, int memberStride, Span<float> scores)
    {
        double[] working = ArrayPool<double>.Shared.Rent(2 * _members.Length);
        try
        {
            var normalized = working.AsSpan(0, _members.Length);
            var scratch = working.AsSpan(_members.Length, _members.Length);
            for (int i = 0; i < scores.Length; i++)
            {
                for (int m = 0; m < _members.Length; m++)
                    normalized[m] = Normalize(_members[m], own[(m * memberStride) + (i * rowStride)]);
                scores[i] = (float)Math.Clamp(_row.Combine(normalized, scratch), -float.MaxValue, float.MaxValue);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(working);
        }
    }

    /// <summary>Not reached: rows go to members as checked rows, see <see cref="ScoreRows"/>.</summary>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores) => ScoreRows(EncodedRows.Check(rows, MemberSchema), scores);

    /// <summary>By the members, where each has a way of its own or all see the rows as they are; behind a transform that mixes columns the ensemble is sampled as a whole.</summary>
    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) => CreateAttributor(_row, schema, options);

    /// <inheritdoc cref="CreateAttributor(FeatureSchema, AttributionOptions)"/>
    /// <param name="combiner">What becomes of the members' normalised scores.</param>
    /// <param name="schema">The columns of the rows.</param>
    /// <param name="options">Groups of columns and background rows.</param>
    public RowAttributor? CreateAttributor(IRowCombiner combiner, FeatureSchema schema, AttributionOptions options)
    {
        if (!Transform.IsIdentity && Transform is not ColumnScaling)
            return null;
        var groups = options.Groups ?? ColumnGroups.Columns(schema);
        var own = options with { Groups = groups, Background = ImageOf(options.Background, schema) };
        var attributors = new RowAttributor[_members.Length];
        for (int m = 0; m < attributors.Length; m++)
        {
            var detector = _members[m].Detector;
            if (detector.OwnAttributor(own) is { } attributor)
                attributors[m] = attributor;
            else if (Transform.IsIdentity)
                attributors[m] = detector.CreateAttributor(own);
            else
                return null;
        }

        return new EnsembleAttributor(this, attributors, combiner, schema, options with { Groups = groups });
    }

    protected override void WriteTo(ModelWriter writer)
    {
        CombinerFormat.Write(writer.Scope("combiner"), Combiner);
        writer.Set("members", _members.Length);
        for (int m = 0; m < _members.Length; m++)
        {
            var part = writer.Scope(FormattableString.Invariant($"member-{m}"));
            part.Set("name", _members[m].Name);
            part.Set("weight", _members[m].Weight);
            _members[m].Detector.WriteTo(part.Scope("detector"));
            if (_members[m].Calibrator is { } calibrator)
                calibrator.WriteTo(part.Scope("normalization"));
            _members[m].Tail?.WriteTo(part.Scope("tail"));
        }
    }

    public static FittedEnsemble Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog)
    {
        var transform = frame.Transform;
        var expected = transform.IsIdentity ? frame.Schema : FeatureSchema.Unnamed(transform.OutputColumns);
        var combiner = CombinerFormat.Read(reader.Scope("combiner"));
        int count = reader.GetInt32("members", 1, MaxMembers);
        var members = new FittedMember[count];
        double total = 0;
        for (int m = 0; m < count; m++)
        {
            var part = reader.Scope(FormattableString.Invariant($"member-{m}"));
            string name = part.GetString("name");
            double weight = part.GetDouble("weight");
            var detector = catalog.ReadDetector(part.Scope("detector"));
            if (detector.Schema.ColumnCount != transform.OutputColumns)
                throw ModelReader.FormatError($"its member '{name}' has {detector.Schema.ColumnCount} columns; {transform.OutputColumns} were expected");
            if (!detector.Schema.LevelCounts.SequenceEqual(expected.LevelCounts) || !detector.Schema.MissingAllowed.SequenceEqual(expected.MissingAllowed))
                throw ModelReader.FormatError($"its member '{name}' has other categories or missing cells than the ensemble");
            if (string.IsNullOrWhiteSpace(name) || !(weight >= 0 && weight <= 1))
                throw ModelReader.FormatError($"its member {m} has the name '{name}' and the weight {weight}");
            total += weight;
            var calibrator = ScoreCalibrator.TryRead(part.Scope("normalization"));
            members[m] = new FittedMember(name, detector, calibrator, weight, combiner.NeedsTails ? MemberTail.TryRead(part.Scope("tail"), calibrator) : null);
        }

        if (Math.Abs(total - 1) > 1e-6)
            throw ModelReader.FormatError(FormattableString.Invariant($"its members' weights add up to {total}, not to 1"));
        return new FittedEnsemble(transform, members, combiner, []);
    }

    /// <summary>What the members see of rows: the rows themselves where the transform is the identity.</summary>
    /// <param name="rows">Rows of the ensemble's columns.</param>
    /// <param name="buffer">Room for the images.</param>
    public EncodedRows Image(EncodedRows rows, Span<float> buffer)
    {
        if (Transform.IsIdentity)
            return rows;
        Transform.Apply(rows.Cells, buffer);
        return EncodedRows.Check(buffer, MemberSchema);
    }

    /// <summary>A member's score on the scale that scores are combined on.</summary>
    public double Normalize(int member, float score) => Normalize(_members[member], score);

    /// <summary>The members' own scores, a member's together.</summary>
    private void ScoreByMember(EncodedRows rows, Span<float> own)
    {
        if (Transform.IsIdentity)
        {
            ScoreEach(rows, own);
            return;
        }

        int cells = rows.RowCount * Transform.OutputColumns;
        float[] buffer = ArrayPool<float>.Shared.Rent(cells);
        try
        {
            ScoreEach(Image(rows, buffer.AsSpan(0, cells)), own);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
        }
    }

    private void ScoreEach(EncodedRows rows, Span<float> own)
    {
        for (int m = 0; m < _members.Length; m++)
        {
            var detector = _members[m].Detector;
            var scores = own.Slice(m * rows.RowCount, rows.RowCount);
            int block = detector.BlockRows;
            for (int start = 0; start < rows.RowCount; start += block)
            {
                int count = Math.Min(block, rows.RowCount - start);
                detector.ScoreRows(rows.Slice(start, count), scores.Slice(start, count));
            }
        }
    }

    private double Normalize(FittedMember member, float score) => Combiner.CountsVotes
        ? score > member.Detector.Threshold ? 1 : 0
        : member.Calibrator?.Calibrate(score) ?? score;

    private FeatureMatrix? ImageOf(FeatureMatrix? background, FeatureSchema schema)
    {
        if (background is null || Transform.IsIdentity)
            return background;
        var values = new double[background.ColumnCount];
        var image = new float[checked(background.RowCount * Transform.OutputColumns)];
        var cells = new float[schema.ColumnCount];
        for (int row = 0; row < background.RowCount; row++)
        {
            background.Schema.Decode(background.ContiguousCells(row, 1), values);
            schema.Encode(values, cells);
            Transform.Apply(cells, image.AsSpan(row * Transform.OutputColumns, Transform.OutputColumns));
        }

        return FeatureMatrix.Wrap(image, MemberSchema);
    }
}
