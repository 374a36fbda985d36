using System.Buffers;
using System.Text;
using System.Text.Json;
using AnomalyKit.Json;
using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Numbers;
using AnomalyKit.Serving.Requests;
using AnomalyKit.Serving.Rows;

namespace AnomalyKit.Serving.Streams;

/// <summary>Lines that wait to be scored: rows, and what is wrong with lines that are none.</summary>
internal sealed class LineBatch(ServedModel model, AnomalyServingOptions options, RequestGate gate) : IDisposable
{
    private readonly List<RequestException?> _problems = [];
    private long _next;

    public RowBatch Rows { get; } = new(model, gate);

    /// <summary>The number of the first line of the batch.</summary>
    public long First { get; private set; }

    /// <summary>One entry per line that is not blank: null for a row, else what is wrong with it.</summary>
    public IReadOnlyList<RequestException?> Problems => _problems;

    public bool IsEmpty => _problems.Count == 0;

    public bool IsFull => Rows.IsFull || _problems.Count >= RowBatch.MaxRows;

    /// <summary>Adds a line. Blank lines are passed over.</summary>
    public void Add(ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment)
        {
            Add(line.FirstSpan);
            return;
        }

        byte[] whole = ArrayPool<byte>.Shared.Rent((int)line.Length);
        line.CopyTo(whole);
        Add(whole.AsSpan(0, (int)line.Length));
        ArrayPool<byte>.Shared.Return(whole);
    }

    public void AddTooLong() => Add(new RequestException(
        StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"Row {_next}: the line is longer than {options.MaxLineBytes} bytes, the limit of this service for one line. Shorten it."))
    { Row = _next });

    public void Clear()
    {
        Rows.Clear();
        _problems.Clear();
        First = _next;
    }

    public void Dispose() => Rows.Dispose();

    private void Add(ReadOnlySpan<byte> line)
    {
        if (_next == 0 && line.StartsWith(Encoding.UTF8.Preamble))
            line = line[Encoding.UTF8.Preamble.Length..];
        line = line.Trim(" \t\r"u8);
        if (line.IsEmpty)
            return;
        try
        {
            Check(line);
            Rows.Add(line, _next);
            Add((RequestException?)null);
        }
        catch (RequestException e)
        {
            Add(e);
        }
    }

    private void Add(RequestException? problem)
    {
        _problems.Add(problem);
        _next++;
    }

    /// <summary>Sees to it that a line is one value: two would be two rows.</summary>
    private void Check(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
                throw JsonProblem.Unexpected(ref reader, _next, null, "an object, or an array of cells,");
            reader.Skip();
            reader.Read();
        }
        catch (JsonException e)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, FormattableString.Invariant($"Row {_next}: the line is not valid JSON: {JsonFault.Of(e, namesLine: false)}."), e) { Row = _next };
        }
    }
}
