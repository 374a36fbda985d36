using AnomalyKit.Onnx.Files;

namespace AnomalyKit;

/// <summary>Writes fitted detectors as ONNX models.</summary>
public static class OnnxExtensions
{
    /// <summary>Writes a detector of matrices as an ONNX model.</summary>
    /// <param name="detector">Any detector of AnomalyKit, or an ensemble of them.</param>
    /// <param name="options">How rows are passed to the model, and which outputs it has.</param>
    /// <returns>The model; save it, or take its bytes.</returns>
    /// <exception cref="OnnxExportException">A part of the detector cannot be expressed, the file would exceed 2 GB, or two names would be the same; the message says which and why.</exception>
    public static OnnxModel ToOnnx(this IAnomalyDetector detector, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return new OnnxModel(ModelExport.Of(detector, options ?? new OnnxOptions()));
    }

    /// <summary>Writes a detector of tables, with its preparation, as an ONNX model.</summary>
    /// <inheritdoc cref="ToOnnx(IAnomalyDetector, OnnxOptions?)"/>
    public static OnnxModel ToOnnx(this TableDetector detector, OnnxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return new OnnxModel(ModelExport.Of(detector, options ?? new OnnxOptions()));
    }
}
