using AnomalyKit.Persistence;

namespace AnomalyKit.Onnx.Tests.Support;

/// <summary>A detector of somebody else.</summary>
internal sealed class StrangeDetector(IAnomalyDetector inner) : IAnomalyDetector
{
    public DetectorInfo Info => inner.Info;

    public DetectorFrame Frame => inner.Frame;

    public void ScoreRows(EncodedRows rows, Span<float> scores) => inner.ScoreRows(rows, scores);

    public IAnomalyDetector WithFrame(DetectorFrame frame) => new StrangeDetector(inner.WithFrame(frame));

    public void WriteModel(ModelWriter writer) => inner.WriteModel(writer);
}
