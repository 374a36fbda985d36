using AnomalyKit.Serving.Errors;

namespace AnomalyKit.Serving.Protocol;

/// <summary>Hands the bytes after the JSON out to the inputs, in their order.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="isAnnounced">Whether the request says where they begin.</param>
internal readonly struct BinaryParts(ReadOnlyMemory<byte> bytes, bool isAnnounced)
{
    /// <summary>Makes tensors of inputs.</summary>
    /// <exception cref="RequestException">There are more or fewer bytes than the inputs say, or an input has more or fewer elements than its shape.</exception>
    public void AddTo(InferRequest request, List<JsonInput> inputs)
    {
        CheckSum(inputs);
        int start = 0;
        foreach (var input in inputs)
        {
            TensorContents contents;
            if (input.BinarySize is { } size)
            {
                contents = new RawContents(bytes.Slice(start, (int)size));
                start += (int)size;
            }
            else
            {
                contents = new JsonContents(input.Data);
            }

            var tensor = new InputTensor(input.Name, input.Type, input.Shape, contents);
            contents.Check(tensor);
            request.AddInput(tensor);
        }
    }

    private void CheckSum(List<JsonInput> inputs)
    {
        long sum = 0;
        foreach (var input in inputs)
        {
            if (input.BinarySize is not { } size)
                continue;
            if (!isAnnounced)
                throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' is sent as bytes, and the header Inference-Header-Content-Length is missing. It is the length of the JSON object.");
            if (size > bytes.Length - sum)
                throw RequestException.Invalid($"Input '{Quoted.Text(input.Name)}' has a binary_data_size of {size}, and {bytes.Length - sum} bytes are left of the {bytes.Length} after the JSON. Make sizes and body agree.");
            sum += size;
        }

        if (sum != bytes.Length)
            throw RequestException.Invalid($"{bytes.Length} bytes follow the JSON, and the inputs have a binary_data_size of {sum} together. Make sizes and body agree.");
    }
}
