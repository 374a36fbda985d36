using AnomalyKit.Ensemble;
using AnomalyKit.Persistence;

namespace AnomalyKit;

/// <summary>A fitted ensemble: its members, what brings their scores to one scale, their weights, and the rule that combines them.</summary>
/// <remarks>Immutable and safe for any number of threads. One file holds the whole ensemble; to load it, pass a catalog that lists the kinds of its members.</remarks>
public sealed class EnsembleDetector : AnomalyDetector<EnsembleDetector>, IDetectorKind<EnsembleDetector>
{
    private readonly FittedEnsemble _fitted;

    private EnsembleDetector(DetectorFrame frame, FittedEnsemble fitted)
        : base(frame, fitted) => _fitted = fitted;

    static string IDetectorKind<EnsembleDetector>.Kind => FittedEnsemble.KindName;

    /// <summary>The members, in the order in which they were given.</summary>
    public IReadOnlyList<FittedMember> Members => _fitted.Members;

    /// <summary>How members' scores become one.</summary>
    public ScoreCombiner Combiner => _fitted.Combiner;

    /// <summary>The members that could not be fitted, where <see cref="EnsembleTrainer.SkipFailingMembers"/> was set; not kept in files.</summary>
    public IReadOnlyList<MemberFailure> Failures => _fitted.Failures;

    /// <summary>What was peculiar about the training rows, and what members did about it before they saw them: a projection of wide data, for example. Empty as a rule.</summary>
    /// <remarks>The message of a member's finding begins with its name; columns are those of the data.</remarks>
    public IReadOnlyList<DataFinding> Findings => [.. _fitted.Transform.Findings, .. Members.SelectMany(FindingsOf)];

    static EnsembleDetector IDetectorKind<EnsembleDetector>.Create(DetectorFrame frame, DetectorModel model) => new(frame, (FittedEnsemble)model);

    static DetectorModel IDetectorKind<EnsembleDetector>.ReadModel(ModelReader reader, DetectorFrame frame, ModelCatalog catalog) =>
        FittedEnsemble.Read(reader, frame, catalog);

    /// <summary>What every member says about a row.</summary>
    /// <param name="row">One value per column.</param>
    /// <returns>One entry per member, in their order.</returns>
    /// <exception cref="ArgumentException">The row has another number of values.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite.</exception>
    public MemberScore[] Explain(ReadOnlySpan<float> row)
    {
        ThrowIfNotOneRow(row.Length, nameof(row));
        return Explain(EncodedRows.Encode(row, Schema, new float[row.Length]));
    }

    /// <summary>What every member says about a row.</summary>
    /// <param name="row">One value per column.</param>
    /// <returns>One entry per member, in their order.</returns>
    /// <exception cref="ArgumentException">The row has another number of values.</exception>
    /// <exception cref="FeatureDataException">A value is NaN or infinite, or beyond the range of float32.</exception>
    public MemberScore[] Explain(ReadOnlySpan<double> row)
    {
        ThrowIfNotOneRow(row.Length, nameof(row));
        return Explain(EncodedRows.Encode(row, Schema, new float[row.Length]));
    }

    /// <summary>What every member says about a row of a matrix. Offsets of the matrix may differ from the ensemble's.</summary>
    /// <param name="data">Rows with the ensemble's columns.</param>
    /// <param name="row">The zero-based row.</param>
    /// <returns>One entry per member, in their order.</returns>
    /// <exception cref="ArgumentException">The columns do not fit, or there is no such row.</exception>
    /// <exception cref="FeatureDataException">A cell is NaN or infinite.</exception>
    public MemberScore[] Explain(FeatureMatrix data, int row)
    {
        ArgumentNullException.ThrowIfNull(data);
        ThrowIfNotOneRow(data.ColumnCount, nameof(data));
        var cells = data.Slice(row, 1).ContiguousCells(0);
        if (data.Schema.ColumnOffsets.SequenceEqual(Schema.ColumnOffsets))
            return Explain(EncodedRows.Check(cells, Schema, row));
        var values = new double[data.ColumnCount];
        data.Schema.Decode(cells, values);
        return Explain(EncodedRows.Encode(values, Schema, new float[values.Length], row));
    }

    /// <summary>The members' own scores of rows, on the calling thread.</summary>
    /// <param name="rows">Rows in the encoding of the ensemble's schema.</param>
    /// <param name="memberScores">Receives rows × members scores, those of a row together.</param>
    /// <exception cref="ArgumentException">The rows have another number of columns, or the lengths do not fit together.</exception>
    public void ScoreMembers(EncodedRows rows, Span<float> memberScores)
    {
        if (rows.ColumnCount != Schema.ColumnCount)
            throw new ArgumentException($"The rows have {rows.ColumnCount} columns; the ensemble was fitted on {Schema.ColumnCount}.", nameof(rows));
        ThrowIfNotMembers(rows.RowCount, memberScores.Length, nameof(memberScores));
        _fitted.ScoreMembers(rows, memberScores);
    }

    /// <summary>Scores rows whose members' own scores are known, on the calling thread: the same to the bit as scoring the rows.</summary>
    /// <param name="memberScores">Rows × members scores, those of a row together, as <see cref="ScoreMembers"/> gives them.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <exception cref="ArgumentException">The lengths do not fit together.</exception>
    public void Combine(ReadOnlySpan<float> memberScores, Span<float> scores)
    {
        ThrowIfNotMembers(scores.Length, memberScores.Length, nameof(memberScores));
        _fitted.Combine(memberScores, Members.Count, 1, scores);
    }

    /// <summary>How normalised scores of the members become one.</summary>
    internal IRowCombiner RowCombiner => _fitted.RowCombiner;

    /// <summary>An attributor of what a detector that builds on this ensemble makes of the members' normalised scores; null where members have no method of their own behind a transform.</summary>
    internal RowAttributor? AttributorOf(IRowCombiner combiner, AttributionOptions options) => _fitted.CreateAttributor(combiner, Schema, options);

    private static IEnumerable<DataFinding> FindingsOf(FittedMember member)
    {
        var own = member.Detector is EnsembleDetector ensemble ? ensemble.Findings : member.Detector.Frame.Transform.Findings;
        return own.Select(finding => new DataFinding(finding.Kind, finding.Columns, $"{member.Name}: {finding.Message}"));
    }

    private MemberScore[] Explain(EncodedRows row)
    {
        var scores = new float[Members.Count];
        _fitted.ScoreMembers(row, scores);
        return [.. Members.Select((member, i) =>
        {
            double calibrated = member.Calibrator?.Calibrate(scores[i]) ?? scores[i];
            return new MemberScore(member.Name, scores[i], calibrated, member.Weight, scores[i] > member.Detector.Threshold, member.Tail?.Surprisal(calibrated) ?? 0);
        })];
    }

    private void ThrowIfNotMembers(int rows, int memberScores, string parameter)
    {
        long expected = (long)rows * Members.Count;
        if (memberScores != expected)
            throw new ArgumentException($"There are {memberScores} member scores. {rows} rows and {Members.Count} members need {expected}.", parameter);
    }

    private void ThrowIfNotOneRow(int values, string parameter)
    {
        if (values != Schema.ColumnCount)
            throw new ArgumentException($"The row has {values} values, but there are {Schema.ColumnCount} columns: {Schema}.", parameter);
    }
}
