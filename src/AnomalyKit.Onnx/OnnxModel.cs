using AnomalyKit.Files;
using AnomalyKit.Onnx.Files;
using AnomalyKit.Onnx.Protocol;
using Google.Protobuf;

namespace AnomalyKit;

/// <summary>A detector as an ONNX model: takes raw rows to scores and labels in any runtime of the format.</summary>
/// <remarks>
/// Outputs are tensors [rows, 1] in this order: <c>score</c> (float32; higher is more anomalous), <c>label</c> (Boolean: score &gt; threshold), <c>p_value</c> (float64) where the detector has a
/// calibration of tails, and what <see cref="OnnxOptions"/> asks for. A row that AnomalyKit refuses to score, such as one with NaN where no cell may be missing, has the score NaN and the label false.
/// Immutable.
/// </remarks>
public sealed class OnnxModel
{
    private readonly ModelProto _message;

    internal OnnxModel(ExportedFile file)
    {
        _message = file.Message;
        Inputs = file.Inputs;
        Outputs = file.Outputs;
        Metadata = _message.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>The version of ONNX's own operators.</summary>
    public int Opset => (int)_message.OpsetImport[0].Version;

    /// <summary>The version of the file's format.</summary>
    public int IrVersion => (int)_message.IrVersion;

    /// <summary>What a call hands over, in order.</summary>
    public IReadOnlyList<OnnxTensor> Inputs { get; }

    /// <summary>What a call gets, in order.</summary>
    public IReadOnlyList<OnnxTensor> Outputs { get; }

    /// <summary>What the file states about itself: kind, version, definition and direction of the score, threshold, features in order, and how they are passed.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The size of the file in bytes.</summary>
    public long Length => _message.CalculateSize();

    /// <summary>The content of the file.</summary>
    /// <returns>A new array.</returns>
    public byte[] ToArray() => _message.ToByteArray();

    /// <summary>Writes the file, which appears whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced. The customary ending is <c>.onnx</c>.</param>
    /// <exception cref="IOException">The file cannot be written; an existing one is left as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileBeside(path);
        Save(file.Stream);
        file.Place();
    }

    /// <summary>Writes the content of the file to a stream.</summary>
    /// <param name="destination">A writable stream; it stays open.</param>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        _message.WriteTo(destination);
    }
}
