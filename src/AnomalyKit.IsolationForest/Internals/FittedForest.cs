using AnomalyKit.IsolationForest.Attribution;
using AnomalyKit.IsolationForest.Scoring;
using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest;

/// <summary>A forest behind its transform. Scalings of single columns are folded into the thresholds, so that rows are scored as they come.</summary>
internal sealed class FittedForest : DetectorModel
{
    public const string KindName = "isolation-forest";

    private static readonly DetectorInfo Description = new(
        KindName,
        "2^(-E[h] / c(psi)), where E[h] is the row's average path length over the trees and c(psi) that of an unsuccessful search; raised towards 1 where the row departs from columns that were constant in training",
        0,
        1,
        "F. T. Liu, K. M. Ting, Z.-H. Zhou: Isolation Forest, ICDM 2008");

    private readonly ForestScorer _scorer;
    private readonly bool _isFolded;

    // Made when it is first asked for: laying out the trees takes some milliseconds, explaining a row a fraction of one.
    private ForestAttributor? _attributor;

    public FittedForest(FeatureSchema schema, FeatureTransform transform, IsolationForestModel trees)
        : base(transform)
    {
        Trees = trees;
        _isFolded = transform.IsIdentity || transform is ColumnScaling;
        _scorer = new ForestScorer(trees, transform as ColumnScaling, schema: _isFolded ? schema : null);
    }

    public IsolationForestModel Trees { get; }

    public override DetectorInfo Info => Description;

    public override bool AcceptsMissing => true;

    public override bool AcceptsCategories => true;

    public override int BlockRows => Math.Min(_scorer.MaxBlockRows, Math.Clamp((1 << 22) / Trees.TreeCount / 8 * 8, 8, base.BlockRows));

    protected override void ScoreRows(EncodedRows rows, Span<float> scores)
    {
        if (_isFolded)
            _scorer.Score(rows.Cells, scores);
        else
            base.ScoreRows(rows, scores);
    }

    protected override void ScoreTransformed(ReadOnlySpan<float> rows, Span<float> scores) => _scorer.Score(rows, scores);

    /// <remarks>Behind a transform that mixes columns the trees split what has no column of its own: such forests are explained by sampling.</remarks>
    protected override RowAttributor? CreateAttributor(FeatureSchema schema, AttributionOptions options)
    {
        if (!_isFolded)
            return null;
        if (options.Background is not null || options.Groups is not null)
            return ForestAttributor.Of(schema, options, Trees, _scorer);
        var attributor = Volatile.Read(ref _attributor);
        if (attributor is null || !attributor.Schema.Equals(schema))
        {
            attributor = ForestAttributor.Of(schema, new AttributionOptions(), Trees, _scorer);
            Volatile.Write(ref _attributor, attributor);
        }

        return attributor;
    }

    protected override void WriteTo(ModelWriter writer) => Trees.WriteTo(writer);
}
