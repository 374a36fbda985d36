using AnomalyKit.Serving.Protocol;
using Inference;

namespace AnomalyKit.Serving.Calls;

/// <summary>Makes a ModelMetadataResponse of what is known of a model.</summary>
internal static class MetadataReply
{
    public static ModelMetadataResponse Of(ModelMetadata model)
    {
        var response = new ModelMetadataResponse { Name = model.Name, Platform = ModelMetadata.Platform };
        response.Versions.Add(model.Versions);
        response.Inputs.Add(model.Inputs.Select(Of));
        response.Outputs.Add(model.Outputs.Select(Of));
        foreach (var (name, value) in model.Properties)
            response.Properties.Add(name, value);
        return response;
    }

    private static ModelMetadataResponse.Types.TensorMetadata Of(TensorMetadata tensor)
    {
        var response = new ModelMetadataResponse.Types.TensorMetadata { Name = tensor.Name, Datatype = tensor.Type.Name() };
        response.Shape.Add(tensor.Shape);
        return response;
    }
}
