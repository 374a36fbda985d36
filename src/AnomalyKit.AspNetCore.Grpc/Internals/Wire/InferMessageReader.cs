using AnomalyKit.Serving.Errors;
using AnomalyKit.Serving.Protocol;

namespace AnomalyKit.Serving.Wire;

/// <summary>Reads a ModelInferRequest. Tensors look at its bytes, which must stay as long as they are used.</summary>
internal sealed class InferMessageReader
{
    private readonly List<(string Name, TensorType Type, TensorShape Shape, ReadOnlyMemory<byte>? Contents)> _inputs = new(1);
    private readonly List<ReadOnlyMemory<byte>> _raw = new(1);

    private InferMessageReader()
    {
    }

    /// <summary>The name of the model.</summary>
    public string ModelName { get; private set; } = "";

    /// <summary>Its version; null for the newest.</summary>
    public string? ModelVersion { get; private set; }

    /// <summary>The rest.</summary>
    public InferRequest Request { get; } = new();

    /// <summary>Reads a message.</summary>
    /// <exception cref="RequestException">It is none, or sizes do not fit together.</exception>
    public static InferMessageReader Read(ReadOnlyMemory<byte> message)
    {
        var result = new InferMessageReader();
        var reader = new WireReader(message);
        while (reader.Next())
            result.ReadField(ref reader);
        result.AddInputs();
        return result;
    }

    private void ReadField(ref WireReader reader)
    {
        switch (reader.Field)
        {
            case 1:
                ModelName = reader.Text();
                break;
            case 2:
                ModelVersion = reader.Text() is { Length: > 0 } version ? version : null;
                break;
            case 3:
                Request.Id = reader.Text() is { Length: > 0 } id ? id : null;
                break;
            case 5:
                if (_inputs.Count >= InferRequest.MaxInputs)
                    throw InferRequest.TooManyInputs();
                ReadInput(new WireReader(reader.Bytes()));
                break;
            case 6:
                ReadOutput(new WireReader(reader.Bytes()));
                break;
            case 7:
                if (_raw.Count >= InferRequest.MaxInputs)
                    throw InferRequest.TooManyInputs();
                _raw.Add(reader.Bytes());
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadInput(WireReader reader)
    {
        string name = "";
        string type = "";
        Span<long> dimensions = stackalloc long[3];
        int rank = 0;
        ReadOnlyMemory<byte>? contents = null;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    type = reader.Text();
                    break;
                case 3:
                    ReadShape(ref reader, dimensions, ref rank);
                    break;
                case 5:
                    if (contents is not null)
                        throw RequestException.Invalid($"Input '{Quoted.Text(name)}' has contents twice. Give them once.");
                    contents = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        _inputs.Add((name, TensorTypes.Parse(name, type), TensorShape.Of(name, dimensions[..rank]), contents));
    }

    private static void ReadShape(ref WireReader reader, Span<long> dimensions, ref int rank)
    {
        if (reader.Type == WireType.Varint)
        {
            Add((long)reader.Varint(), dimensions, ref rank);
            return;
        }

        var packed = new WireReader(reader.Bytes());
        while (!packed.IsAtEnd)
            Add((long)packed.Varint(), dimensions, ref rank);

        static void Add(long dimension, Span<long> dimensions, ref int rank)
        {
            if (rank < dimensions.Length)
                dimensions[rank++] = dimension;
        }
    }

    private void ReadOutput(WireReader reader)
    {
        string name = "";
        while (reader.Next())
        {
            if (reader.Field == 1)
                name = reader.Text();
            else
                reader.Skip();
        }

        Request.AddOutput(name, isBinary: null);
    }

    /// <summary>Raw and typed contents do not mix, and there are raw contents for every input or for none.</summary>
    private void AddInputs()
    {
        Request.HasBinaryOutput = _raw.Count > 0;
        if (_raw.Count > 0 && _raw.Count != _inputs.Count)
            throw RequestException.Invalid($"There are {_raw.Count} raw_input_contents for {_inputs.Count} inputs. Give one per input, in their order.");
        for (int i = 0; i < _inputs.Count; i++)
        {
            var (name, type, shape, contents) = _inputs[i];
            if (_raw.Count > 0 && contents is not null)
                throw RequestException.Invalid($"Input '{Quoted.Text(name)}' has contents, and the request has raw_input_contents. Use one of the two.");
            TensorContents elements = _raw.Count > 0 ? new RawContents(_raw[i]) : new TypedContents(contents ?? ReadOnlyMemory<byte>.Empty);
            var tensor = new InputTensor(name, type, shape, elements);
            elements.Check(tensor);
            Request.AddInput(tensor);
        }
    }
}
