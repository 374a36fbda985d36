namespace AnomalyKit.Feedback.Features;

/// <summary>What the base detector says of rows: its score, and what its members say on the scale that they are combined on. A detector that is no ensemble is its own only member.</summary>
internal sealed class BaseScores
{
    private readonly EnsembleDetector? _ensemble;

    public BaseScores(IAnomalyDetector detector)
    {
        Detector = detector;
        MemberCount = 1;
        if (detector is not EnsembleDetector { Combiner.CountsVotes: false } ensemble)
            return;
        _ensemble = ensemble;
        MemberCount = ensemble.Members.Count;
    }

    public IAnomalyDetector Detector { get; }

    /// <summary>The base detector as an ensemble whose members are told apart; null where it is its own only member.</summary>
    public EnsembleDetector? Ensemble => _ensemble;

    public int MemberCount { get; }

    public int BlockRows => Detector.BlockRows;

    /// <summary>Scores rows as the detector does, to the bit.</summary>
    /// <param name="rows">At most <see cref="BlockRows"/> rows.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <param name="members">Receives, row after row, one value per member.</param>
    public void Read(EncodedRows rows, Span<float> scores, Span<float> members)
    {
        if (_ensemble is null)
        {
            Detector.ScoreRows(rows, scores);
            scores.CopyTo(members);
            return;
        }

        _ensemble.ScoreMembers(rows, members);
        _ensemble.Combine(members, scores);
        for (int i = 0; i < members.Length; i++)
        {
            double calibrated = _ensemble.Members[i % MemberCount].Calibrator?.Calibrate(members[i]) ?? members[i];
            members[i] = Narrow(calibrated);
        }
    }

    /// <summary>A number as a float: the largest one where it is beyond.</summary>
    public static float Narrow(double value) => (float)Math.Clamp(value, -float.MaxValue, float.MaxValue);
}
