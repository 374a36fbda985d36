using System.Buffers;
using AnomalyKit.Ensemble;
using AnomalyKit.Numerics;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted ensemble: its members, what brings their scores to one scale, their weights, and the rule that combines them.</summary>
/// <remarks>Immutable and safe for any number of threads. One file holds the whole ensemble.</remarks>
public sealed class EnsembleDetector : AnomalyDetector
{
    internal const string KindName = "ensemble";

    private readonly FittedMember[] _members;
    private readonly IRowCombiner _row;

    internal EnsembleDetector(DetectorFrame frame, FittedMember[] members, ScoreCombiner combiner, IReadOnlyList<MemberFailure> failures)
        : base(frame)
    {
        _members = members;
        Combiner = combiner;
        Failures = failures;
        _row = combiner.For([.. members.Select(member => member.Weight)]);
        Info = new DetectorInfo(
            KindName,
            $"the {combiner} of {members.Length} members' scores ({string.Join(", ", members.Select(member => member.Name))})"
            + (members[0].Calibrator is { } calibrator && !combiner.CountsVotes ? $", each calibrated ({calibrator.Kind})" : string.Empty),
            combiner.CountsVotes ? 0 : double.NegativeInfinity,
            combiner.CountsVotes ? members.Length : double.PositiveInfinity,
            "C. C. Aggarwal, S. Sathe: Theoretical Foundations and Algorithms for Outlier Ensembles, SIGKDD Explorations 17, 2015");
    }

    /// <summary>How this detector is read from model files, for a <see cref="ModelCatalog"/> that also lists its members' kinds.</summary>
    public static DetectorFormat Format => new(KindName, Read);

    /// <inheritdoc/>
    public override DetectorInfo Info { get; }

    /// <summary>The members, in the order in which they were given.</summary>
    public IReadOnlyList<FittedMember> Members => _members;

    /// <summary>How members' scores become one.</summary>
    public ScoreCombiner Combiner { get; }

    /// <summary>The members that could not be fitted, where <see cref="EnsembleTrainer.SkipFailingMembers"/> was set; not kept in files.</summary>
    public IReadOnlyList<MemberFailure> Failures { get; }

    /// <summary>The members' own scores of the training rows, from the fit until the threshold is set.</summary>
    internal float[][]? TrainingScores { get; init; }

    /// <inheritdoc/>
    protected override int BlockRows => 2048;

    /// <summary>What every member says about a row.</summary>
    /// <param name="row">One cell a column, in the ensemble's schema.</param>
    /// <returns>One entry a member, in their order.</returns>
    /// <exception cref="ArgumentException">The row has another number of cells.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public MemberScore[] Explain(ReadOnlySpan<float> row)
    {
        var scores = new float[_members.Length];
        ScoreMembers(row, scores);
        return [.. _members.Select((member, i) => new MemberScore(
            member.Name, scores[i], member.Calibrator?.Calibrate(scores[i]) ?? scores[i], member.Weight, scores[i] > member.Detector.Threshold))];
    }

    /// <summary>The members' own scores of rows, on the calling thread.</summary>
    /// <param name="rows">Row-major cells in the ensemble's schema.</param>
    /// <param name="memberScores">Receives rows × members scores, a row's together.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public void ScoreMembers(ReadOnlySpan<float> rows, Span<float> memberScores)
    {
        int columns = Schema.ColumnCount;
        int count = rows.Length / columns;
        if (count * columns != rows.Length || memberScores.Length != (long)count * _members.Length)
        {
            throw new ArgumentException(
                $"{rows.Length} cells were given for {memberScores.Length} scores; {_members.Length} members and {columns} columns take {columns} cells for every {_members.Length} scores.",
                nameof(rows));
        }

        float[] one = ArrayPool<float>.Shared.Rent(BlockRows * (1 + Transform.OutputColumns));
        try
        {
            for (int start = 0; start < count; start += BlockRows)
            {
                int block = Math.Min(BlockRows, count - start);
                var source = rows.Slice(start * columns, block * columns);
                if (!Transform.IsIdentity)
                {
                    var transformed = one.AsSpan(BlockRows, block * Transform.OutputColumns);
                    ThrowIfNotFinite(source, start);
                    Transform.Apply(source, transformed);
                    source = transformed;
                }

                for (int m = 0; m < _members.Length; m++)
                {
                    var scores = one.AsSpan(0, block);
                    _members[m].Detector.Score(source, scores);
                    for (int i = 0; i < block; i++)
                        memberScores[((start + i) * _members.Length) + m] = scores[i];
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(one);
        }
    }

    /// <summary>Combines the members' own scores of the training rows.</summary>
    internal void CombineTraining(Span<float> scores, FitContext context)
    {
        float[][] own = TrainingScores ?? throw new InvalidOperationException("The training scores are gone.");
        var combined = new float[scores.Length];
        const int Step = 4096;
        context.ForBlocks("combining", Blocks.Count(combined.Length, Step), block =>
        {
            int start = block * Step;
            int count = Math.Min(Step, combined.Length - start);
            Combine((m, i) => own[m][start + i], combined.AsSpan(start, count));
        });
        combined.CopyTo(scores);
    }

    /// <inheritdoc/>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores)
    {
        int count = scores.Length;
        float[] own = ArrayPool<float>.Shared.Rent(_members.Length * count);
        double[] working = ArrayPool<double>.Shared.Rent(2 * _members.Length);
        try
        {
            for (int m = 0; m < _members.Length; m++)
                _members[m].Detector.Score(rows, own.AsSpan(m * count, count));
            var normalized = working.AsSpan(0, _members.Length);
            var scratch = working.AsSpan(_members.Length, _members.Length);
            for (int i = 0; i < count; i++)
            {
                for (int m = 0; m < _members.Length; m++)
                    normalized[m] = Normalize(m, own[(m * count) + i]);
                scores[i] = Rounded(_row.Combine(normalized, scratch));
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(working);
            ArrayPool<float>.Shared.Return(own);
        }
    }

    /// <inheritdoc/>
    protected override AnomalyDetector WithFrame(DetectorFrame frame) => new EnsembleDetector(frame, _members, Combiner, Failures);

    /// <inheritdoc/>
    protected override void WriteModel(ModelWriter writer)
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
        }
    }

    private static float Rounded(double score) => (float)Math.Clamp(score, -float.MaxValue, float.MaxValue);

    private static EnsembleDetector Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog)
    {
        var combiner = CombinerFormat.Read(reader.Scope("combiner"));
        int count = reader.GetInt32("members", 1, EnsembleTrainer.MostMembers);
        var members = new FittedMember[count];
        double total = 0;
        for (int m = 0; m < count; m++)
        {
            var part = reader.Scope(FormattableString.Invariant($"member-{m}"));
            string name = part.GetString("name");
            double weight = part.GetDouble("weight");
            var detector = catalog.ReadDetector(part.Scope("detector"));
            if (detector.Schema.ColumnCount != frame.Transform.OutputColumns)
                throw ModelReader.Bad($"its member '{name}' has {detector.Schema.ColumnCount} columns; {frame.Transform.OutputColumns} were expected");
            if (string.IsNullOrWhiteSpace(name) || !(weight >= 0 && weight <= 1))
                throw ModelReader.Bad($"its member {m} has the name '{name}' and the weight {weight}");
            total += weight;
            members[m] = new FittedMember(name, detector, ScoreCalibrator.TryRead(part.Scope("normalization")), weight);
        }

        if (Math.Abs(total - 1) > 1e-6)
            throw ModelReader.Bad(FormattableString.Invariant($"its members' weights add up to {total}, not to 1"));
        return new EnsembleDetector(frame, members, combiner, []);
    }

    private double Normalize(int member, float score) => Combiner.CountsVotes
        ? score > _members[member].Detector.Threshold ? 1 : 0
        : _members[member].Calibrator?.Calibrate(score) ?? score;

    private void Combine(Func<int, int, float> own, Span<float> scores)
    {
        Span<double> working = new double[2 * _members.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            for (int m = 0; m < _members.Length; m++)
                working[m] = Normalize(m, own(m, i));
            scores[i] = Rounded(_row.Combine(working[.._members.Length], working[_members.Length..]));
        }
    }
}
