using AnomalyKit.Onnx.Protocol;

namespace AnomalyKit.Onnx.Files;

/// <summary>A file that was put together.</summary>
/// <param name="Message">Its content.</param>
/// <param name="Inputs">What a call hands over.</param>
/// <param name="Outputs">What a call gets.</param>
internal sealed record ExportedFile(ModelProto Message, IReadOnlyList<OnnxTensor> Inputs, IReadOnlyList<OnnxTensor> Outputs);
