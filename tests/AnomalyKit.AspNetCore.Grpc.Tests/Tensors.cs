using System.Runtime.InteropServices;
using Google.Protobuf;
using Inference;

namespace AnomalyKit.AspNetCore.Grpc.Tests;

/// <summary>Requests of tensors.</summary>
internal static class Tensors
{
    public static ModelInferRequest.Types.InferInputTensor Input(string name, string type, long[] shape, InferTensorContents? contents = null)
    {
        var input = new ModelInferRequest.Types.InferInputTensor { Name = name, Datatype = type, Contents = contents };
        input.Shape.Add(shape);
        return input;
    }

    public static ModelInferRequest Request(string model, params ModelInferRequest.Types.InferInputTensor[] inputs)
    {
        var request = new ModelInferRequest { ModelName = model };
        request.Inputs.Add(inputs);
        return request;
    }

    public static ModelInferRequest Raw(string model, string type, long[] shape, byte[] bytes)
    {
        var request = Request(model, Input("x", type, shape));
        request.RawInputContents.Add(ByteString.CopyFrom(bytes));
        return request;
    }

    public static ModelInferRequest Asking(this ModelInferRequest request, params string[] outputs)
    {
        request.Outputs.Add(outputs.Select(name => new ModelInferRequest.Types.InferRequestedOutputTensor { Name = name }));
        return request;
    }

    public static byte[] Bytes<T>(params T[] values)
        where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    public static InferTensorContents Doubles(params double[] values)
    {
        var contents = new InferTensorContents();
        contents.Fp64Contents.Add(values);
        return contents;
    }

    public static int IndexOf(this ModelInferResponse response, string output) => response.Outputs.Select(tensor => tensor.Name).ToList().IndexOf(output);

    /// <summary>The scores of a response, raw or typed.</summary>
    public static float[] Scores(this ModelInferResponse response)
    {
        int at = response.IndexOf("score");
        return response.RawOutputContents.Count > 0
            ? MemoryMarshal.Cast<byte, float>(response.RawOutputContents[at].Span).ToArray()
            : [.. response.Outputs[at].Contents.Fp32Contents];
    }
}
