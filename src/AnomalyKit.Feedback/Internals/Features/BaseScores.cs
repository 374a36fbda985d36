using System.Buffers;
using AnomalyKit.Ensemble;

namespace AnomalyKit.Feedback.Features;

/// <summary>What the base detector says of rows: its score, and what its members say on the scale that they are combined on. A detector that is no ensemble is its own only member.</summary>
internal sealed class BaseScores
{
    private readonly EnsembleDetector? _ensemble;
    private readonly IRowCombiner? _combiner;

    public BaseScores(IAnomalyDetector detector)
    {
        Detector = detector;
        MemberCount = 1;
        if (detector is not EnsembleDetector { Combiner.CountsVotes: false } ensemble)
            return;
        _ensemble = ensemble;
        MemberCount = ensemble.Members.Count;
        _combiner = ensemble.Combiner.For([.. ensemble.Members.Select(member => member.Weight)]);
    }

    public IAnomalyDetector Detector { get; }

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
        double[] working = ArrayPool<double>.Shared.Rent(2 * MemberCount);
        for (int row = 0; row < scores.Length; row++)
        {
            var own = members.Slice(row * MemberCount, MemberCount);
            for (int m = 0; m < own.Length; m++)
            {
                working[m] = _ensemble.Members[m].Calibrator?.Calibrate(own[m]) ?? own[m];
                own[m] = (float)Math.Clamp(working[m], -float.MaxValue, float.MaxValue);
            }

            double score = _combiner!.Combine(working.AsSpan(0, MemberCount), working.AsSpan(MemberCount, MemberCount));
            scores[row] = (float)Math.Clamp(score, -float.MaxValue, float.MaxValue);
        }

        ArrayPool<double>.Shared.Return(working);
    }
}
