using AnomalyKit.Serving.Protocol;
using Google.Protobuf;
using Inference;

namespace AnomalyKit.Serving.Calls;

/// <summary>Makes a ModelInferResponse of scores: raw where the request was.</summary>
internal static class InferReply
{
    public static ModelInferResponse Of(InferResult result)
    {
        var response = new ModelInferResponse { ModelName = result.Model.Name, ModelVersion = result.Model.Version, Id = result.Request.Id ?? "" };
        foreach (var output in result.Outputs)
        {
            var tensor = new ModelInferResponse.Types.InferOutputTensor { Name = output.Name.Text(), Datatype = output.Name.Type().Name() };
            tensor.Shape.Add(result.RowCount);
            if (output.Name == OutputName.Contributions)
            {
                tensor.Shape.Add(result.ColumnsOf(output));
                tensor.Parameters.Add(OutputParameters.Columns, new InferParameter { StringParam = OutputParameters.NameList(result.Contributions!.ColumnNames) });
                tensor.Parameters.Add(OutputParameters.ExplainedRows, new InferParameter { Int64Param = result.Contributions.ExplainedRows });
            }

            if (result.IsBinary(output))
                response.RawOutputContents.Add(Raw(result, output));
            else
                tensor.Contents = Typed(result, output);
            response.Outputs.Add(tensor);
        }

        return response;
    }

    private static ByteString Raw(InferResult result, RequestedOutput output)
    {
        var bytes = new byte[OutputValues.Size(result, output)];
        OutputValues.CopyTo(result, output, bytes);
        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static InferTensorContents Typed(InferResult result, RequestedOutput output)
    {
        var contents = new InferTensorContents();
        switch (output.Name)
        {
            case OutputName.Score:
                contents.Fp32Contents.AddRange(result.Scores.ToArray());
                break;
            case OutputName.Label:
                foreach (float score in result.Scores)
                    contents.BoolContents.Add(result.Model.IsAnomaly(score));
                break;
            case OutputName.PValue:
                foreach (float score in result.Scores)
                    contents.Fp64Contents.Add(result.Model.PValue(score));
                break;
            default:
                contents.Fp64Contents.AddRange(result.Contributions!.Values);
                break;
        }

        return contents;
    }
}
