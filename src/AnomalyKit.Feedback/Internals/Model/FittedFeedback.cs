using System.Buffers;
using AnomalyKit.Feedback.Contributions;
using AnomalyKit.Feedback.Features;
using AnomalyKit.Feedback.Learning;
using AnomalyKit.Persistence;

namespace AnomalyKit.Feedback.Model;

/// <summary>A base detector and what answers have taught.</summary>
internal sealed class FittedFeedback : DetectorModel
{
    public const string KindName = "feedback";

    private readonly RowScoring _scoring;

    public FittedFeedback(FeatureTransform transform, IAnomalyDetector detector, RowSpace space, LearnedOdds learned, AnswerCounts counts)
        : base(transform)
    {
        _scoring = new RowScoring(new BaseScores(detector), space);
        Learned = learned;
        Counts = counts;
    }

    public override DetectorInfo Info { get; } = new(
        KindName,
        "the logarithm of the odds of an anomaly: the base detector's rank as prior, moved by an analyst's answers",
        double.NegativeInfinity,
        double.PositiveInfinity,
        "S. Das, W.-K. Wong, T. Dietterich, A. Fern, A. Emmott: Incorporating Expert Feedback into Active Anomaly Discovery, ICDM 2016; "
        + "C. E. Rasmussen, C. K. I. Williams: Gaussian Processes for Machine Learning, 2006");

    public override int BlockRows => _scoring.Base.BlockRows;

    /// <summary>The base detector decides: it was fitted on these columns.</summary>
    public override bool AcceptsMissing => true;

    /// <inheritdoc cref="AcceptsMissing"/>
    public override bool AcceptsCategories => true;

    public IAnomalyDetector Detector => _scoring.Base.Detector;

    public RowSpace Space => _scoring.Space;

    public LearnedOdds Learned { get; }

    public AnswerCounts Counts { get; }

    protected override void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        int features = Space.FeatureCount;
        float[] buffer = ArrayPool<float>.Shared.Rent(scores.Length * features);
        double[] priors = ArrayPool<double>.Shared.Rent(scores.Length);
        try
        {
            _scoring.Read(rows, priors.AsSpan(0, scores.Length), buffer.AsSpan(0, scores.Length * features));
            for (int row = 0; row < scores.Length; row++)
                scores[row] = (float)(priors[row] + Learned.ChangeOf(buffer.AsSpan(row * features, features)));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(buffer);
            ArrayPool<double>.Shared.Return(priors);
        }
    }

    /// <summary>Not reached: rows go to the base detector as they come, see <see cref="ScoreRows"/>.</summary>
    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores) => ScoreRows(EncodedRows.Check(rows, Detector.Schema), scores);

    /// <summary>By the base detector and by what answers have taught, where the base detector has a method of its own.</summary>
    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options) => FeedbackAttributor.Of(_scoring.Base, Space, Learned, options);

    protected override void WriteTo(ModelWriter writer)
    {
        Detector.WriteTo(writer.Scope("base"));
        Space.WriteTo(writer.Scope("space"));
        LearnedFormat.Write(writer.Scope("learned"), Learned);
        Counts.WriteTo(writer.Scope("answers"));
    }

    public static FittedFeedback Read(ModelReader reader, DetectorFrame frame, ModelCatalog catalog)
    {
        var detector = catalog.ReadDetector(reader.Scope("base"));
        if (!frame.Transform.IsIdentity)
            throw ModelReader.FormatError("it has a transform of its own; only its base detector may have one");
        if (!detector.Schema.Equals(frame.Schema))
            throw ModelReader.FormatError($"its base detector has the columns ({detector.Schema}); ({frame.Schema}) were expected");
        var space = RowSpace.Read(reader.Scope("space"), frame.Schema, new BaseScores(detector).MemberCount);
        return new FittedFeedback(frame.Transform, detector, space, LearnedFormat.Read(reader.Scope("learned"), space), AnswerCounts.Read(reader.Scope("answers")));
    }
}
