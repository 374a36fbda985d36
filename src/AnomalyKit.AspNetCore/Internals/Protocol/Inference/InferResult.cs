using System.Buffers;

namespace AnomalyKit.Serving.Protocol;

/// <summary>The scores of a request, and what is to be answered.</summary>
internal sealed class InferResult(ServedModel model, InferRequest request, IReadOnlyList<RequestedOutput> outputs, int rowCount) : IDisposable
{
    private float[]? _scores = ArrayPool<float>.Shared.Rent(Math.Max(rowCount, 1));

    public ServedModel Model { get; } = model;

    public InferRequest Request { get; } = request;

    /// <summary>The outputs, in the order in which they are answered.</summary>
    public IReadOnlyList<RequestedOutput> Outputs { get; } = outputs;

    public int RowCount { get; } = rowCount;

    /// <summary>One score per row.</summary>
    public Span<float> Scores => _scores.AsSpan(0, RowCount);

    /// <summary>Null where they were not asked for.</summary>
    public RowContributions? Contributions { get; set; }

    /// <summary>Whether an output is answered as bytes.</summary>
    public bool IsBinary(RequestedOutput output) => output.IsBinary ?? Request.HasBinaryOutput;

    /// <summary>How many columns an output has; 0 for those of one value per row.</summary>
    public int ColumnsOf(RequestedOutput output) => output.Name == OutputName.Contributions ? Contributions!.ColumnNames.Count : 0;

    public void Dispose()
    {
        if (_scores is { } scores)
            ArrayPool<float>.Shared.Return(scores);
        _scores = null;
    }
}
