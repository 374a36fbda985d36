using AnomalyKit.Persistence;

namespace AnomalyKit.IsolationForest.Tests;

/// <summary>Other people's transforms and spans may break their promises; the walk must stay within its nodes all the same.</summary>
public class HostileTransformTests
{
    private static readonly FeatureMatrix Data = FeatureMatrix.Wrap(
        Enumerable.Range(0, 600).Select(i => (float)Math.Sin(i * 0.7)).ToArray(), 2);

    [Theory]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void A_transform_that_gives_no_numbers_ends_in_a_score(float value)
    {
        var transform = new Turncoat { Value = null };
        var forest = new IsolationForestTrainer { TreeCount = 20, Scaling = FeatureScaling.Fitted(transform) }.Fit(Data);
        transform.Value = value;
        Assert.InRange(forest.Score(Data.Cells(0)), 0, 1);
        Assert.All(forest.Score(Data), score => Assert.InRange(score, 0, 1));
    }

    [Fact]
    public void A_transform_that_claims_to_be_the_identity_and_is_not_is_refused()
    {
        var forest = new IsolationForestTrainer { TreeCount = 5, Scaling = FeatureScaling.Fitted(new Turncoat { Outputs = 3 }), Threshold = ThresholdRule.Fixed(0.5) }
            .Fit(Data);
        ((Turncoat)forest.Transform).ClaimsIdentity = true;
        Assert.Throws<InvalidOperationException>(() => forest.Score(Data.Cells(0)));
    }

    [Fact]
    public void Scores_over_the_rows_themselves_are_refused()
    {
        var forest = new IsolationForestTrainer { TreeCount = 5 }.Fit(Data);
        float[] cells = new float[20];
        Assert.Throws<ArgumentException>(() => forest.Score(cells.AsSpan(0, 20), cells.AsSpan(5, 10)));
    }

    private sealed class Turncoat : FeatureTransform
    {
        public float? Value { get; set; }

        public bool ClaimsIdentity { get; set; }

        public int Outputs { get; init; } = 2;

        public override string Kind => "turncoat";

        public override int InputColumns => 2;

        public override int OutputColumns => Outputs;

        public override bool IsIdentity => ClaimsIdentity;

        public override void Apply(ReadOnlySpan<float> rows, Span<float> destination)
        {
            for (int row = 0; row < rows.Length / 2; row++)
            {
                for (int i = 0; i < Outputs; i++)
                    destination[(row * Outputs) + i] = Value ?? rows[(row * 2) + (i % 2)];
            }
        }

        protected override void WriteTo(ModelWriter writer)
        {
        }
    }
}
