using AnomalyKit.ML.Inputs;
using AnomalyKit.ML.Pipelines;
using AnomalyKit.ML.Tests.Support;
using AnomalyKit.Persistence;

namespace AnomalyKit.ML.Tests.Saving;

public sealed class CarriedModelTests
{
    private readonly IAnomalyDetector _detector = new IsolationForestTrainer { TreeCount = 2 }.Fit(Observations.Matrix(Observations.Create(50)));

    private string Text => CarriedModel.Write(new VectorInput(_detector, "a:b"), GatheredForm.OneVector);

    [Fact]
    public void A_text_is_read_back()
    {
        var model = CarriedModel.Read(Text.AsMemory());

        Assert.True(model.Form.IsVector);
        Assert.Equal("a:b", model.Input.ColumnName);
        Assert.Equal(_detector.Threshold, model.Input.Detector.Threshold);
    }

    [Theory]
    [InlineData("")]
    [InlineData("v")]
    [InlineData("v:")]
    [InlineData("v:AAAA")]
    [InlineData("x::AAAA")]
    [InlineData("v:?:AAAA")]
    [InlineData("v::????")]
    [InlineData("v::AAAA")]
    [InlineData("nn::AAAA")]
    public void A_text_that_is_no_model_is_refused(string text) => Assert.Throws<ModelFormatException>(() => CarriedModel.Read(text.AsMemory()));

    [Fact]
    public void A_cut_or_changed_text_is_refused()
    {
        string text = Text;
        foreach (int length in (int[])[10, text.Length / 2, text.Length - 4])
            Assert.Throws<ModelFormatException>(() => CarriedModel.Read(text.AsMemory(0, length)));
        char[] changed = text.ToCharArray();
        changed[text.Length / 2] = changed[text.Length / 2] == 'A' ? 'B' : 'A';
        Assert.Throws<ModelFormatException>(() => CarriedModel.Read(changed));
        Assert.Throws<ModelFormatException>(() => CarriedModel.Read($"n{text[1..]}".AsMemory()));
    }

    [Fact]
    public void A_detector_that_could_not_be_loaded_is_not_saved()
    {
        var context = new MLContext();
        var data = context.Data.LoadFromEnumerable(Observations.Create(10));
        var model = new StrangeDetector(_detector).ToTransformer();

        Assert.Equal(10, Bits.Of(model.Transform(data)).Length);
        using var zip = new MemoryStream();
        var error = Assert.Throws<InvalidOperationException>(() => context.Model.Save(model, data.Schema, zip));
        Assert.Contains("strange", error.Message, StringComparison.Ordinal);
    }

    private sealed class StrangeDetector(IAnomalyDetector inner) : IAnomalyDetector
    {
        public DetectorInfo Info { get; } = new("strange", "a score", 0, 1, "none");

        public DetectorFrame Frame => inner.Frame;

        public void ScoreRows(EncodedRows rows, Span<float> scores) => inner.ScoreRows(rows, scores);

        public IAnomalyDetector WithFrame(DetectorFrame frame) => new StrangeDetector(inner.WithFrame(frame));

        public void WriteModel(ModelWriter writer) => inner.WriteModel(writer);
    }
}
