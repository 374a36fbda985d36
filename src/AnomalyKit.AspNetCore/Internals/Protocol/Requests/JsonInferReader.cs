using System.Text;
using System.Text.Json;
using AnomalyKit.Json;
using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Reads a request of HTTP: a JSON object, and the bytes that follow it.</summary>
internal ref struct JsonInferReader
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly InferRequest _request = new();
    private readonly List<JsonInput> _inputs = new(1);
    private Utf8JsonReader _reader;

    private JsonInferReader(ReadOnlyMemory<byte> json)
    {
        _json = json;
        _reader = new Utf8JsonReader(json.Span);
    }

    /// <summary>Reads a request.</summary>
    /// <param name="body">The whole body. Tensors look at it: it must stay as long as they are used.</param>
    /// <param name="jsonLength">How much of it is JSON: <c>Inference-Header-Content-Length</c>; null for all.</param>
    /// <returns>The request. The number of elements is checked; the elements of JSON arrays are read later.</returns>
    /// <exception cref="RequestException">It is no such object, or sizes do not fit together.</exception>
    public static InferRequest Read(ReadOnlyMemory<byte> body, int? jsonLength)
    {
        if (jsonLength > body.Length)
            throw RequestException.Invalid($"Inference-Header-Content-Length is {jsonLength}, and the body has {body.Length} bytes. It is the length of the JSON object with which the body begins.");
        var json = body[..(jsonLength ?? body.Length)];
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        try
        {
            var reader = new JsonInferReader(json);
            reader.ReadRequest();
            new BinaryParts(body[(jsonLength ?? body.Length)..], jsonLength is not null).AddTo(reader._request, reader._inputs);
            return reader._request;
        }
        catch (JsonException problem)
        {
            throw RequestException.Invalid($"The body is not JSON: {JsonFault.Of(problem)}. Expected an object with 'inputs'.");
        }
        catch (InvalidOperationException)
        {
            throw RequestException.Invalid("A text in the JSON is not UTF-8, or half of an escaped character. Encode texts as UTF-8.");
        }
    }

    private void ReadRequest()
    {
        _reader.Read();
        JsonFields.ExpectObject(ref _reader, "The body");
        var seen = new SeenFields("the request");
        while (JsonFields.Next(ref _reader))
        {
            if (_reader.ValueTextEquals("id"u8))
            {
                seen.Add(0, "id");
                _request.Id = JsonFields.Text(ref _reader, "id");
            }
            else if (_reader.ValueTextEquals("inputs"u8))
            {
                seen.Add(1, "inputs");
                JsonFields.StartArray(ref _reader, "inputs");
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    AddInput();
            }
            else if (_reader.ValueTextEquals("outputs"u8))
            {
                seen.Add(2, "outputs");
                JsonFields.StartArray(ref _reader, "outputs");
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    ReadOutput();
            }
            else if (_reader.ValueTextEquals("parameters"u8))
            {
                seen.Add(3, "parameters");
                _request.HasBinaryOutput = JsonParameters.Read(ref _reader, "the request").HasBinaryOutput;
            }
            else
            {
                JsonFields.SkipValue(ref _reader);
            }
        }

        // What follows the object is an error, which the reader throws.
        _reader.Read();
    }

    private void AddInput()
    {
        if (_inputs.Count == InferRequest.MaxInputs)
            throw InferRequest.TooManyInputs();
        _inputs.Add(JsonInput.Read(ref _reader, _json, _inputs.Count));
    }

    private void ReadOutput()
    {
        JsonFields.ExpectObject(ref _reader, "An element of 'outputs'");
        string? name = null;
        bool? isBinary = null;
        var seen = new SeenFields("an output");
        while (JsonFields.Next(ref _reader))
        {
            if (_reader.ValueTextEquals("name"u8))
            {
                seen.Add(0, "name");
                name = JsonFields.Text(ref _reader, "name");
            }
            else if (_reader.ValueTextEquals("parameters"u8))
            {
                seen.Add(1, "parameters");
                isBinary = JsonParameters.Read(ref _reader, "an output").IsBinary;
            }
            else
            {
                JsonFields.SkipValue(ref _reader);
            }
        }

        _request.AddOutput(name ?? throw RequestException.Invalid("An output has no 'name'. Outputs are objects with a name."), isBinary);
    }
}
